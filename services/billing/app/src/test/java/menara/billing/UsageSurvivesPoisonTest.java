package menara.billing;

import static menara.platform.security.Role.BILLING_CLERK;
import static menara.platform.security.Role.FINANCE;
import static menara.platform.security.Role.OPERATOR;
import static menara.platform.security.Role.USAGE_REPORTER;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import menara.billing.metering.PoisonedLog;
import menara.testkit.RunningService;
import menara.testkit.TestClock;
import menara.values.TenantId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A service of its own: its log is filled behind its back with what once kept billing from starting. */
class UsageSurvivesPoisonTest {

    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void billing_starts_on_a_poisoned_log_meters_other_tenants_and_tells_what_is_parked() {
        try (var service = new RunningService("billing", BillingApplication.class, new TestClock(NOW))) {
            var clerk = service.tokens().token("clerk", BILLING_CLERK);
            service.post(
                    "/api/billing/meters",
                    clerk,
                    "{\"meter\":\"users\",\"unit\":\"users\",\"aggregation\":\"unique\",\"dimensions\":[]}");
            service.post("/api/billing/price-plans", clerk, BillingOverHttp.plan("p", "USD", "2026-01-01T00:00:00Z"));
            var sick = sign(service, clerk, "sick");
            var well = sign(service, clerk, "well");
            PoisonedLog.fill(
                    service.bean(MongoDatabase.class),
                    new TenantId("sick"),
                    sick,
                    NOW.minusSeconds(7_200),
                    "users",
                    "unknown");

            service.restart();

            var answer = service.send(
                    "POST",
                    "/api/billing/usage",
                    BillingOverHttp.meterOf(service, USAGE_REPORTER),
                    """
                    {"specversion":"1.0","type":"menara.usage.gpu.v1","source":"/poison","id":"job","subject":"%s",
                     "data":{"meter":"gpu-hour","period":{"from":"2026-06-10T00:00:00Z","until":"2026-06-10T10:00:00Z"},
                     "milliGpus":1000}}""".formatted(well),
                    "Content-Type",
                    "application/cloudevents+json");
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            Awaitility.await()
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThat(accrued(service, well)).isEqualTo("21.00"));

            // 250,000 GPUs × 32,000 × 2.10 USD: nobody loses a digit.
            assertThat(accrued(service, sick)).isEqualTo("16800000000.00");
            assertThat(service.get("/actuator/health", null).status()).isEqualTo(200);
            var operator = service.tokens().token("operator", OPERATOR);
            var parked = service.get("/actuator/parked", operator).body().path("usage-metering");
            assertThat(parked).hasSize(1);
            assertThat(parked.path(0).path("type").asString()).contains(sick);
            assertThat(parked.path(0).path("error").asString()).contains("unknown");
            assertThat(service.get("/actuator/prometheus", null).text())
                    .contains("menara_billing_usage_lag 0.0")
                    .contains("menara_processor_parked{processor=\"usage-metering\"} 1.0");

            var finance = service.tokens().token("finance", FINANCE);
            assertThat(service.get("/api/billing/usage/audit-trail?source=/poison&id=member-159999", finance)
                            .body()
                            .path("outcome")
                            .asString())
                    .isEqualTo("parked");
            assertThat(service.get("/api/billing/projections/revenue-leakage?month=2026-06", finance)
                            .text())
                    .contains("ACCEPTED_NOT_COUNTED");

            service.post(
                    "/api/billing/meters",
                    clerk,
                    "{\"meter\":\"unknown\",\"unit\":\"x\",\"aggregation\":\"sum\",\"dimensions\":[]}");
            Awaitility.await()
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThat(service.post(
                                            "/actuator/parked/usage-metering",
                                            operator,
                                            Map.of(
                                                    "sequence",
                                                    parked.path(0)
                                                            .path("sequence")
                                                            .asString()))
                                    .body()
                                    .path("left")
                                    .asInt())
                            .isZero());
        }
    }

    private static String sign(RunningService service, String clerk, String tenant) {
        return service.post(
                        "/api/billing/contracts",
                        clerk,
                        BillingOverHttp.contract(tenant, "p", "USD", "2026-01-01T00:00:00Z", "UTC"))
                .body()
                .path("contract")
                .asString();
    }

    private static String accrued(RunningService service, String contract) {
        return service.get(
                        BillingOverHttp.accruedPath(contract, "2026-06"),
                        service.tokens().token("finance", FINANCE))
                .body()
                .path("contracts")
                .path(0)
                .path("accrued")
                .path("amount")
                .asString();
    }
}
