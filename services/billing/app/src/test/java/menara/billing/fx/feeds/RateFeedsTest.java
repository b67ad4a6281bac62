package menara.billing.fx.feeds;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.okXml;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Currency;
import menara.billing.fx.Rate;
import menara.billing.fx.RateFeedFailed;
import menara.platform.web.PartnerHttp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The central banks' feeds in their own formats. */
class RateFeedsTest {

    private static final Currency MAD = Currency.getInstance("MAD");
    private static final Currency EUR = Currency.getInstance("EUR");
    private static final Currency USD = Currency.getInstance("USD");
    private static final Currency KRW = Currency.getInstance("KRW");
    private static final LocalDate FRIDAY = LocalDate.of(2026, 6, 5);

    @RegisterExtension
    static final WireMockExtension BANK =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    private final PartnerHttp http = new PartnerHttp(Duration.ofSeconds(10), 4 * 1024 * 1024);

    @Test
    void bank_al_maghribs_rates_are_dirham_for_the_units_it_names() {
        BANK.stubFor(get(urlEqualTo("/cours/Version1/api/CoursVirement?date=2026-06-05T12:30:00"))
                .withHeader("Ocp-Apim-Subscription-Key", equalTo("a-key"))
                .willReturn(okJson("""
                    [{"date":"2026-06-05T12:30:00","libDevise":"EUR","moyen":10.7215,"uniteDevise":1},
                     {"date":"2026-06-05T12:30:00","libDevise":"USD","moyen":9.1843,"uniteDevise":1},
                     {"date":"2026-06-05T12:30:00","libDevise":"JPY","moyen":6.4011,"uniteDevise":100},
                     {"date":"2026-06-05T12:30:00","libDevise":"KRW","moyen":0.6731,"uniteDevise":100}]\
                    """)));
        assertThat(bankAlMaghrib().ratesOn(FRIDAY))
                .containsExactly(rate(EUR, MAD, "10.7215"), rate(USD, MAD, "9.1843"), rate(KRW, MAD, "0.006731"));
    }

    @Test
    void the_ecbs_rates_are_those_of_the_day_asked_for() {
        ecbAnswers(
                "<Cube time='2026-06-05'><Cube currency='USD' rate='1.1673'/><Cube currency='KRW' rate='1592.3'/><Cube"
                        + " currency='JPY' rate='168'/></Cube><Cube time='2026-06-04'><Cube currency='USD'"
                        + " rate='1.1600'/></Cube>");
        assertThat(ecb().ratesOn(FRIDAY))
                .containsExactly(
                        new Rate(EUR, USD, new BigDecimal("1.1673"), "ecb", FRIDAY),
                        new Rate(EUR, KRW, new BigDecimal("1592.3"), "ecb", FRIDAY));
        assertThat(ecb().ratesOn(FRIDAY.plusDays(1))).as("a Saturday has none").isEmpty();
    }

    @Test
    void an_answer_that_would_make_us_read_files_is_refused() {
        BANK.stubFor(get("/eurofxref-hist-90d.xml")
                .willReturn(okXml("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><Cube"
                        + " time='2026-06-05'><Cube currency='USD' rate='&e;'/></Cube>")));
        assertThatThrownBy(() -> ecb().ratesOn(FRIDAY)).isInstanceOf(RateFeedFailed.class);
    }

    @Test
    void faults_of_a_publisher_are_told_as_such() {
        BANK.stubFor(get(urlEqualTo("/cours/Version1/api/CoursVirement?date=2026-06-05T12:30:00"))
                .willReturn(aResponse().withStatus(503)));
        assertThatThrownBy(() -> bankAlMaghrib().ratesOn(FRIDAY)).hasMessageContaining("the answer is 503");
        BANK.stubFor(get(urlEqualTo("/cours/Version1/api/CoursVirement?date=2026-06-05T12:30:00"))
                .willReturn(okJson("{\"message\":\"quota\"}")));
        assertThatThrownBy(() -> bankAlMaghrib().ratesOn(FRIDAY)).isInstanceOf(RateFeedFailed.class);
        ecbAnswers("<Cube time='2026-06-05'><Cube currency='USD' rate='N/A'/></Cube>");
        assertThatThrownBy(() -> ecb().ratesOn(FRIDAY)).isInstanceOf(RateFeedFailed.class);
    }

    private static void ecbAnswers(String cubes) {
        BANK.stubFor(get("/eurofxref-hist-90d.xml").willReturn(okXml("""
            <?xml version="1.0" encoding="UTF-8"?>
            <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
            <gesmes:subject>Reference rates</gesmes:subject><Cube>%s</Cube></gesmes:Envelope>\
            """.formatted(cubes))));
    }

    private BankAlMaghrib bankAlMaghrib() {
        return new BankAlMaghrib(http, URI.create(BANK.baseUrl() + "/cours/Version1/api/"), "a-key");
    }

    private Ecb ecb() {
        return new Ecb(http, URI.create(BANK.baseUrl() + "/eurofxref-hist-90d.xml"));
    }

    private static Rate rate(Currency base, Currency quote, String value) {
        return new Rate(base, quote, new BigDecimal(value), "bank-al-maghrib", FRIDAY);
    }
}
