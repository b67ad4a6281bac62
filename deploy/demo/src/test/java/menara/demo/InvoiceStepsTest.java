package menara.demo;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class InvoiceStepsTest {

    private static final YearMonth MONTH = YearMonth.of(2026, 10);
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 27);
    private static final String INVOICES = "/api/billing/invoices";
    private static final String NUMBERED =
            "{\"invoice\":\"i1\",\"state\":\"issued\",\"number\":\"F-2026-000001\",\"content\":{\"total\":{}}}";

    @TempDir
    Path documents;

    private final WireMockServer gateway =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @BeforeEach
    void a_gateway() {
        gateway.start();
        gateway.stubFor(post("/token").willReturn(okJson("{\"access_token\":\"t\",\"expires_in\":300}")));
        gateway.stubFor(get(urlMatching(INVOICES + "/i1/(pdf|ubl).*"))
                .willReturn(aResponse().withStatus(200).withBody("document")));
        gateway.stubFor(get(urlPathEqualTo("/api/billing/exchange-rates/in-force"))
                .willReturn(aResponse().withStatus(404)));
        gateway.stubFor(post("/api/billing/exchange-rates").willReturn(okJson("{\"rate\":\"r1\"}")));
        gateway.stubFor(post("/api/billing/exchange-rates/r1/approval").willReturn(okJson("{}")));
        gateway.stubFor(post(INVOICES).willReturn(okJson("{\"invoice\":\"i1\",\"hash\":\"h1\"}")));
        gateway.stubFor(post(INVOICES + "/i1/approval").willReturn(okJson("{}")));
        gateway.stubFor(post(INVOICES + "/i1/issue").willReturn(okJson(NUMBERED)));
    }

    @AfterEach
    void stop() {
        gateway.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "draft", "void"})
    void what_nobody_has_agreed_to_is_drafted_anew_approved_and_issued(String state) {
        theInvoiceIs(state);
        close(List.of("c1"), List.of());
        asked(1, INVOICES);
        asked(1, INVOICES + "/i1/approval");
        asked(1, INVOICES + "/i1/issue");
        asked(1, "/api/billing/exchange-rates/r1/approval");
        assertThat(documents.resolve("F-2026-000001.pdf")).isNotEmptyFile();
    }

    @Test
    void what_was_approved_before_the_demo_was_interrupted_is_issued() {
        theInvoiceIs("approved");
        close(List.of("c1"), List.of());
        asked(0, INVOICES);
        asked(0, INVOICES + "/i1/approval");
        asked(1, INVOICES + "/i1/issue");
        asked(1, "/api/billing/exchange-rates");
        assertThat(documents.resolve("F-2026-000001.xml")).isNotEmptyFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"issued", "credited"})
    void what_has_a_number_needs_its_documents_and_no_rate(String state) {
        theInvoiceIs(state);
        close(List.of("c1"), List.of());
        gateway.verify(0, getRequestedFor(urlPathEqualTo("/api/billing/exchange-rates/in-force")));
        gateway.verify(1, postRequestedFor(anyUrl())); // for the token
        assertThat(documents.resolve("F-2026-000001.pdf")).isNotEmptyFile();
    }

    @Test
    void an_invoice_in_dirham_needs_no_rate() {
        theInvoiceIs("");
        close(List.of(), List.of("c1"));
        asked(0, "/api/billing/exchange-rates");
        asked(1, INVOICES + "/i1/issue");
    }

    private void asked(int times, String path) {
        gateway.verify(times, postRequestedFor(urlEqualTo(path)));
    }

    private void theInvoiceIs(String state) {
        var items = state.isEmpty() ? "" : NUMBERED.replace("issued", state);
        gateway.stubFor(get(urlPathEqualTo(INVOICES))
                .withQueryParam("contract", equalTo("c1"))
                .withQueryParam("month", equalTo(MONTH.toString()))
                .willReturn(okJson("{\"items\":[" + items + "]}")));
    }

    private void close(List<String> dollars, List<String> dirham) {
        var clock = Clock.fixed(Instant.parse("2026-11-27T09:00:00Z"), ZoneOffset.UTC);
        var client = new GatewayClient(
                URI.create(gateway.baseUrl()),
                new Credentials(URI.create(gateway.baseUrl() + "/token"), "menara-demo", "secret"),
                JsonMapper.shared(),
                clock);
        var story = new Story(
                SmallCampus.of(MONTH), MONTH.atDay(1).atStartOfDay(Story.ZONE).toInstant());
        new InvoiceSteps(
                        client,
                        client,
                        new Console(new PrintStream(said, true, StandardCharsets.UTF_8)),
                        story,
                        documents)
                .close(MONTH, dollars, dirham, TODAY);
    }
}
