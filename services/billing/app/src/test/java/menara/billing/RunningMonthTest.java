package menara.billing;

import static menara.platform.security.Role.BILLING_CLERK;
import static menara.platform.security.Role.FINANCE;
import static menara.platform.security.Role.USAGE_REPORTER;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import menara.billing.contract.RevenueForecastChanged;
import menara.billing.contract.SlaCreditGranted;
import menara.eventstore.mongodb.due.MongoDueDates;
import menara.operations.contract.AvailabilityMeasured;
import menara.platform.security.Role;
import menara.testkit.RunningService;
import menara.testkit.TestClock;
import menara.values.ContractId;
import menara.values.TenantId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A month that is not over, hour by hour: what accrues, the credit that grows with it, and what is expected of the rest. */
class RunningMonthTest {

    private static final String JSON = "application/json";
    private static final YearMonth JUNE = YearMonth.of(2026, 6);

    private final TestClock clock = new TestClock(Instant.parse("2026-06-15T12:00:00Z"));

    @Test
    void a_credit_grows_with_its_month_without_being_told_again_until_the_month_is_over() {
        try (var service = new RunningService("billing", BillingApplication.class, clock)) {
            var logs = new Logs(service, clock);
            var contract = sign(service, "{\"type\":\"flat\",\"amount\":\"3000\"}");
            logs.publish(measured(contract, 1));
            assertThat(credit(service, contract)).isEqualTo("145.42 MAD of 1454.17 MAD, estimated");

            for (int day : List.of(16, 20, 25, 30)) {
                pass(service, logs, Instant.parse("2026-06-%02dT12:00:00Z".formatted(day)));
                report(service, contract, day);
            }
            assertThat(credit(service, contract)).isEqualTo("295.42 MAD of 2954.17 MAD, estimated");
            assertThat(told(logs, contract)).hasSize(1);

            pass(service, logs, Instant.parse("2026-07-01T00:00:10Z"));
            assertThat(credit(service, contract)).isEqualTo("300.00 MAD of 3000.00 MAD");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(told(logs, contract))
                            .extracting(granted -> granted.credit().toString())
                            .containsExactly("145.42 MAD", "300.00 MAD"));
        }
    }

    @Test
    void usage_is_expected_to_go_on_as_in_the_last_month_that_is_over() {
        try (var service = new RunningService("billing", BillingApplication.class, clock)) {
            var contract = sign(service, "{\"type\":\"unit\",\"unitPrice\":\"2\"}", "gpu-hour");
            for (int day = 16; day <= 31; day++) {
                report(service, contract, YearMonth.of(2026, 5), day, 31);
            }
            report(service, contract, JUNE, 3, 100);
            var forecast = read(service, "/api/billing/projections/forecast?contract=" + contract);
            // May: 16 days × 31 h = 496 h, 16 h a day. June: 100 h so far, and 15 days from the 16th on.
            assertThat(forecast.get("months")
                            .get(4)
                            .get("charges")
                            .get("amount")
                            .asString())
                    .isEqualTo("992.00");
            assertThat(forecast.get("months")
                            .get(5)
                            .get("charges")
                            .get("amount")
                            .asString())
                    .isEqualTo("680.00");
            assertThat(forecast.get("months")
                            .get(6)
                            .get("charges")
                            .get("amount")
                            .asString())
                    .isEqualTo("992.00");
            assertThat(forecast.get("method").get("usage").asString()).isEqualTo("run-rate");
            assertThat(forecast.get("method").get("observed").get("from").asString())
                    .isEqualTo("2026-05-01T00:00:00Z");
            assertThat(forecast.get("method").get("observed").get("until").asString())
                    .isEqualTo("2026-06-01T00:00:00Z");
            assertThat(forecast.get("method").get("explanation").asString()).contains("not handed over yet");
        }
    }

    @Test
    void the_published_forecast_follows_the_date_when_usage_stops() {
        try (var service = new RunningService("billing", BillingApplication.class, clock)) {
            var logs = new Logs(service, clock);
            var contract = sign(service, "{\"type\":\"unit\",\"unitPrice\":\"2\"}", "gpu-hour");
            for (int day = 16; day <= 31; day++) {
                report(service, contract, YearMonth.of(2026, 5), day, 31);
            }
            awaitPublished(logs, contract, "480.00 MAD"); // 15 days from the 16th on at 16 GPU hours a day
            pass(service, logs, clock.instant().plusSeconds(60), BillingOverHttp.ALWAYS_DUE);

            clock.set(Instant.parse("2026-06-25T12:00:00Z"));
            var june = read(service, "/api/billing/projections/forecast?contract=" + contract)
                    .get("months")
                    .get(5);
            assertThat(june.get("charges").get("amount").asString())
                    .as("five days from the 26th on")
                    .isEqualTo("160.00");
            awaitPublished(logs, contract, "160.00 MAD");
        }
    }

    /** What was published last of June; time passes meanwhile, because a reassessment is due at the end of its interval. */
    private void awaitPublished(Logs logs, String contract, String charges) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            clock.advance(Duration.ofSeconds(3));
            assertThat(logs.published(RevenueForecastChanged.class))
                    .filteredOn(changed -> changed.contract().toString().equals(contract))
                    .extracting(changed -> changed.months().get(5).charges().toString())
                    .last()
                    .isEqualTo(charges);
        });
    }

    private void pass(RunningService service, Logs logs, Instant until) {
        pass(service, logs, until, BillingOverHttp.ALWAYS_DUE + 1); // the look at the month's end stays
    }

    private void pass(RunningService service, Logs logs, Instant until, long stays) {
        clock.set(until);
        var due = service.bean(MongoDueDates.class);
        Awaitility.await("due work").atMost(Duration.ofSeconds(20)).until(() -> {
            logs.awaitQuiet();
            clock.advance(Duration.ofSeconds(3));
            return due.size() <= stays;
        });
    }

    private static List<SlaCreditGranted> told(Logs logs, String contract) {
        return logs.published(SlaCreditGranted.class).stream()
                .filter(granted -> granted.contract().toString().equals(contract))
                .toList();
    }

    private static String credit(RunningService service, String contract) {
        var credit = read(service, "/api/billing/credits?contract=" + contract)
                .get("items")
                .get(0);
        return "%s MAD of %s MAD%s"
                .formatted(
                        credit.get("amount").get("amount").asString(),
                        credit.get("charges").get("amount").asString(),
                        credit.get("estimated").asBoolean() ? ", estimated" : "");
    }

    private AvailabilityMeasured measured(String contract, long revision) {
        return new AvailabilityMeasured(
                new ContractId(UUID.fromString(contract)),
                new TenantId("atlas-ai"),
                JUNE,
                44_640,
                100,
                List.of(),
                revision,
                clock.instant());
    }

    private static String sign(RunningService service, String model) {
        return sign(service, model, "");
    }

    private static String sign(RunningService service, String model, String meter) {
        var plan = "plan-" + UUID.randomUUID();
        post(service, BILLING_CLERK, "/api/billing/price-plans", JSON, """
            {"plan":"%s","currency":"MAD","effectiveFrom":"2026-01-01T00:00:00Z",
             "charges":[{"code":"main","product":"Main",%s"model":%s}]}\
            """.formatted(
                        plan, meter.isEmpty() ? "" : "\"meter\":\"" + meter + "\",", model));
        return post(
                        service,
                        BILLING_CLERK,
                        "/api/billing/contracts",
                        JSON,
                        BillingOverHttp.contract("atlas-ai", plan, "MAD", "2026-01-01T00:00:00Z", "UTC"))
                .get("contract")
                .asString();
    }

    private static void report(RunningService service, String contract, int day) {
        report(service, contract, JUNE, day, 1);
    }

    /** So many GPUs for an hour. */
    private static void report(RunningService service, String contract, YearMonth month, int day, int gpus) {
        post(service, USAGE_REPORTER, "/api/billing/usage", "application/cloudevents-batch+json", """
            [{"specversion":"1.0","type":"menara.usage.gpu.v1","source":"/c","id":"%s-%d","subject":"%s",
              "data":{"meter":"gpu-hour","period":{"from":"%sT06:00:00Z","until":"%sT07:00:00Z"},"milliGpus":%d}}]\
            """.formatted(
                        month, day, contract, month.atDay(day), month.atDay(day), gpus * 1_000));
    }

    private static JsonNode read(RunningService service, String path) {
        var answer = service.get(path, service.tokens().token("finance", FINANCE), "Accept", JSON);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.body();
    }

    private static JsonNode post(RunningService service, Role role, String path, String type, String body) {
        var answer = service.post(path, token(service, role), (Object) body, "Content-Type", type);
        assertThat(answer.status()).as(path + " " + answer.text()).isBetween(200, 299);
        return answer.body();
    }

    private static String token(RunningService service, Role role) {
        return role == USAGE_REPORTER
                ? BillingOverHttp.meterOf(service, role)
                : service.tokens().token("clerk", role);
    }
}
