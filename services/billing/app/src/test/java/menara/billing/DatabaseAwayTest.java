package menara.billing;

import static menara.platform.security.Role.BILLING_CLERK;
import static menara.platform.security.Role.FINANCE;
import static menara.platform.security.Role.USAGE_REPORTER;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import menara.embeddedmongodb.EmbeddedMongoServer;
import menara.testkit.RunningService;
import menara.testkit.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The database goes away while the service runs: whoever asks is told to ask again, whatever it asks for. */
class DatabaseAwayTest {

    private static final TestClock CLOCK = new TestClock(Instant.parse("2026-06-15T12:00:00Z"));

    private final EmbeddedMongoServer server = EmbeddedMongoServer.inMemory();
    private boolean away;

    @AutoClose
    private final RunningService service = new RunningService(
            "billing",
            BillingApplication.class,
            CLOCK,
            Map.of("menara.mongodb.uri", server.connectionString() + "/?serverSelectionTimeoutMS=500"));

    private void loseDatabase() {
        away = true;
        server.close();
    }

    @AfterEach
    void stopServer() {
        if (!away) {
            server.close();
        }
    }

    @Test
    void every_request_is_told_to_come_again_and_none_that_it_may_not_or_that_it_failed() {
        var clerk = service.tokens().token("nadia", BILLING_CLERK, FINANCE);
        var meter = service.tokens().tokenOf("atlas-ai", "meter", USAGE_REPORTER);
        var contract = UUID.randomUUID();
        var usage = """
            {"specversion":"1.0","type":"menara.usage.gpu.v1","source":"/cluster","id":"1","subject":"%s",\
            "data":{"meter":"gpu-hour","period":{"from":"2026-06-10T00:00:00Z","until":"2026-06-10T10:00:00Z"},"milliGpus":1000}}\
            """.formatted(contract);
        assertThat(service.get("/api/billing/contracts", clerk).status()).isEqualTo(200);
        loseDatabase();

        for (var answer : List.of(
                service.get("/api/billing/contracts", clerk),
                service.get("/api/billing/contracts/" + contract, clerk),
                service.post("/api/billing/meters", clerk, "{}"),
                service.post(
                        "/api/billing/invoices",
                        clerk,
                        "{\"contract\":\"%s\",\"month\":\"2026-05\"}".formatted(contract)),
                service.post("/api/billing/usage", meter, usage, "Content-Type", "application/cloudevents+json"),
                service.post(
                        "/api/billing/usage",
                        meter,
                        "[" + usage + "]",
                        "Content-Type",
                        "application/cloudevents-batch+json"))) {
            var asked = answer.response().request().method() + " "
                    + answer.response().uri().getPath();
            assertThat(answer.status()).as(asked).isEqualTo(503);
            assertThat(answer.header("Retry-After")).as(asked).isEqualTo("5");
            assertThat(answer.body().get("type").asString())
                    .as(asked)
                    .isEqualTo("urn:menara:problem:database-unavailable");
        }
    }
}
