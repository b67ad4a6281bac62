package menara.billing.fx;

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
import java.net.http.HttpClient;
import java.time.LocalDate;
import java.util.Currency;
import menara.billing.TestDatabases;
import menara.billing.fx.feeds.BankAlMaghrib;
import menara.billing.fx.feeds.Ecb;
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

    private final HttpClient http = HttpClient.newHttpClient();

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
        assertThatThrownBy(() -> bankAlMaghrib().ratesOn(FRIDAY)).hasMessageContaining("answered 503");
        BANK.stubFor(get(urlEqualTo("/cours/Version1/api/CoursVirement?date=2026-06-05T12:30:00"))
                .willReturn(okJson("{\"message\":\"quota\"}")));
        assertThatThrownBy(() -> bankAlMaghrib().ratesOn(FRIDAY)).isInstanceOf(RateFeedFailed.class);
        ecbAnswers("<Cube time='2026-06-05'><Cube currency='USD' rate='N/A'/></Cube>");
        assertThatThrownBy(() -> ecb().ratesOn(FRIDAY)).isInstanceOf(RateFeedFailed.class);
    }

    @Test
    void a_day_without_a_rate_has_the_one_of_the_day_before_and_the_first_that_was_read_stays() {
        var rates = new RateReadModel(TestDatabases.fresh());
        rates.add(java.util.List.of(
                rate(USD, MAD, "9.18"),
                new Rate(EUR, USD, new BigDecimal("1.25"), "ecb", FRIDAY),
                new Rate(EUR, KRW, new BigDecimal("1600"), "ecb", FRIDAY)));
        rates.add(java.util.List.of(rate(USD, MAD, "9.99")));
        var sunday = FRIDAY.plusDays(2);
        assertThat(rates.find(USD, MAD, sunday)).contains(rate(USD, MAD, "9.18"));
        assertThat(rates.find(USD, MAD, FRIDAY.minusDays(1))).isEmpty();
        assertThat(rates.find(USD, MAD, FRIDAY.plusDays(RateReadModel.MAX_AGE_DAYS + 1)))
                .isEmpty();
        assertThat(rates.find(USD, KRW, sunday).orElseThrow().value()).isEqualByComparingTo("1280");
    }

    @Test
    void of_a_rate_and_its_inverse_the_later_day_counts() {
        var rates = new RateReadModel(TestDatabases.fresh());
        rates.enter(entered(USD, MAD, "9.00", FRIDAY.minusDays(2)));
        rates.enter(entered(MAD, USD, "0.125", FRIDAY));
        assertThat(rates.find(USD, MAD, FRIDAY).orElseThrow().value()).isEqualByComparingTo("8");
        assertThat(rates.find(MAD, USD, FRIDAY).orElseThrow().value()).isEqualByComparingTo("0.125");
        rates.enter(entered(USD, MAD, "9.50", FRIDAY));
        assertThat(rates.find(USD, MAD, FRIDAY).orElseThrow().value()).isEqualByComparingTo("9.50");
    }

    @Test
    void what_two_people_enter_against_the_euro_makes_no_rate_between_other_currencies() {
        var rates = new RateReadModel(TestDatabases.fresh());
        rates.enter(entered(EUR, USD, "1.25", FRIDAY));
        rates.enter(entered(EUR, MAD, "10", FRIDAY));
        assertThat(rates.find(USD, MAD, FRIDAY)).isEmpty();
        assertThat(rates.find(MAD, EUR, FRIDAY).orElseThrow().value()).isEqualByComparingTo("0.1");
    }

    private static Rate entered(Currency base, Currency quote, String value, LocalDate date) {
        return new Rate(base, quote, new BigDecimal(value), RateReadModel.MANUAL, date);
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
