package menara.billing;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import menara.platform.security.Role;
import menara.testkit.RunningService;
import menara.testkit.TestClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** An issued invoice on its way through the authority, which is away at first. */
class ClearanceFlowTest {

    @RegisterExtension
    static final WireMockExtension AUTHORITY =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String INVOICES = "/api/billing/invoices";

    private final TestClock clock = new TestClock(Instant.parse("2026-06-15T12:00:00Z"));

    @Test
    void what_was_issued_is_submitted_once_and_cleared_or_rejected_although_the_authority_was_away() {
        AUTHORITY.stubFor(post(urlEqualTo("/v1/submissions"))
                .inScenario("away")
                .willReturn(serverError())
                .willSetStateTo("back"));
        AUTHORITY.stubFor(post(urlEqualTo("/v1/submissions"))
                .inScenario("away")
                .whenScenarioStateIs("back")
                .withHeader("Authorization", equalTo("Bearer a-key"))
                .withHeader("Content-Type", containing("application/xml"))
                .withHeader("Idempotency-Key", matching("MNR-2026-(INV|CN)-\\d{6}"))
                .withRequestBody(containing("<cbc:ID>MNR-2026-"))
                .willReturn(aResponse().withStatus(202).withBody("{\"reference\":\"ref-1\"}")));
        AUTHORITY.stubFor(get(urlEqualTo("/v1/submissions/ref-1"))
                .inScenario("answer")
                .willReturn(okJson("{\"state\":\"pending\"}"))
                .willSetStateTo("decided"));
        AUTHORITY.stubFor(get(urlEqualTo("/v1/submissions/ref-1"))
                .inScenario("answer")
                .whenScenarioStateIs("decided")
                .willReturn(okJson("{\"state\":\"cleared\",\"clearance\":\"DGI-42\"}"))
                .willSetStateTo("strict"));
        AUTHORITY.stubFor(get(urlEqualTo("/v1/submissions/ref-1"))
                .inScenario("answer")
                .whenScenarioStateIs("strict")
                .willReturn(okJson("{\"state\":\"rejected\",\"reasons\":[\"ICE is unknown\"]}")));
        try (var service = new RunningService(
                "billing",
                BillingApplication.class,
                clock,
                Map.of(
                        "menara.billing.clearance.address", AUTHORITY.baseUrl() + "/v1/",
                        "menara.billing.clearance.key", "a-key",
                        "menara.billing.clearance.interval", "1m"))) {
            var invoice = issued(service);

            awaitState(service, invoice, 0, "cleared");
            assertThat(documents(service, invoice).get(0).get("clearance").asString())
                    .isEqualTo("DGI-42");
            AUTHORITY.verify(2, postRequestedFor(urlEqualTo("/v1/submissions")));

            call(
                    service,
                    Role.BILLING_APPROVER,
                    "other",
                    INVOICES + "/" + invoice + "/credit-notes",
                    "{\"reason\":\"wrong\",\"kind\":\"correction\"}");
            awaitState(service, invoice, 1, "rejected");
            assertThat(documents(service, invoice).get(1).get("reasons").toString())
                    .isEqualTo("[\"ICE is unknown\"]");
            assertThat(documents(service, invoice).get(0).get("state").asString())
                    .isEqualTo("cleared");
            AUTHORITY.verify(3, postRequestedFor(urlEqualTo("/v1/submissions")));
        }
    }

    /** Lets minutes pass until a document has come so far. */
    private void awaitState(RunningService service, String invoice, int document, String state) {
        Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(200)).until(() -> {
            clock.advance(Duration.ofMinutes(1));
            var found = documents(service, invoice);
            return found.size() > document
                    && found.get(document).get("state").asString().equals(state);
        });
    }

    private static JsonNode documents(RunningService service, String invoice) {
        return service.get(
                        INVOICES + "/" + invoice + "/clearance",
                        service.tokens().token("finance", Role.FINANCE))
                .body()
                .path("documents");
    }

    private String issued(RunningService service) {
        call(
                service,
                Role.BILLING_CLERK,
                "clerk",
                "/api/billing/price-plans",
                BillingOverHttp.plan("plan-c", "MAD", "2026-01-01T00:00:00Z"));
        var contract = call(
                        service,
                        Role.BILLING_CLERK,
                        "clerk",
                        "/api/billing/contracts",
                        BillingOverHttp.contract("atlas-ai", "plan-c", "MAD", "2026-01-01T00:00:00Z", "UTC")
                                .replaceFirst(
                                        "\\{",
                                        "{\"terms\":{\"paymentDays\":30,\"buyer\":{\"name\":\"Atlas AI SA\",\"street\":\"12 rue Ibn Batouta\",\"postalCode\":\"20000\",\"city\":\"Casablanca\",\"country\":\"MA\",\"ice\":\"001234567000089\"}},"))
                .get("contract")
                .asString();
        var usage = service.post(
                "/api/billing/usage",
                BillingOverHttp.meterOf(service, Role.USAGE_REPORTER),
                """
                {"specversion":"1.0","type":"menara.usage.gpu.v1","source":"/c","id":"1","subject":"%s","time":"2026-05-20T10:00:00Z",
                 "data":{"meter":"gpu-hour","period":{"from":"2026-05-20T00:00:00Z","until":"2026-05-20T10:00:00Z"},"milliGpus":1000}}""".formatted(contract),
                "Content-Type",
                "application/cloudevents+json");
        assertThat(usage.status()).as(usage.text()).isBetween(200, 202);
        var draft = Awaitility.await()
                .atMost(LIMIT)
                .until(
                        () -> call(
                                service,
                                Role.BILLING_CLERK,
                                "clerk",
                                INVOICES,
                                "{\"contract\":\"%s\",\"month\":\"2026-05\"}".formatted(contract)),
                        found -> !found.at("/content/lines").isEmpty());
        var invoice = draft.get("invoice").asString();
        call(
                service,
                Role.BILLING_APPROVER,
                "approver",
                INVOICES + "/" + invoice + "/approval",
                "{\"hash\":\"%s\"}".formatted(draft.get("hash").asString()));
        call(service, Role.BILLING_CLERK, "clerk", INVOICES + "/" + invoice + "/issue", "{}");
        return invoice;
    }

    private static JsonNode call(RunningService service, Role role, String name, String path, String body) {
        var answer = service.post(path, service.tokens().token(name, role), body);
        assertThat(answer.status()).as(answer.text()).isBetween(200, 201);
        return answer.body();
    }
}
