package menara.billing;

import static menara.platform.security.Role.BILLING_APPROVER;
import static menara.platform.security.Role.BILLING_CLERK;
import static menara.platform.security.Role.USAGE_BACKFILL;
import static menara.platform.security.Role.USAGE_REPORTER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import menara.operations.contract.AvailabilityMeasured;
import menara.platform.security.Role;
import menara.testkit.RunningService;
import menara.testkit.TestClock;
import menara.values.ContractId;
import menara.values.TenantId;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * A year of a dozen contracts on a test clock: upgrades, late usage, clock changes, terminations, renewals, credits and corrections after
 * issue. Every line of every invoice stands in {@code year-of-invoices.txt} with its month and its arithmetic.
 */
class YearOfInvoicesTest {

    private static final Path EXPECTED = Path.of("src/test/resources/year-of-invoices.txt");
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final String JSON = "application/json";

    private final TestClock clock = new TestClock(Instant.parse("2026-01-02T12:00:00Z"));
    private final Map<String, String> contracts = new LinkedHashMap<>();
    private final Map<String, YearMonth> lastMonths = new TreeMap<>();
    private final StringBuilder told = new StringBuilder();

    @Test
    void every_line_of_a_year_is_as_it_was_agreed() throws IOException {
        try (var service = new RunningService("billing", BillingApplication.class, clock)) {
            var logs = new Logs(service, clock);
            plans(service);
            contracts(service);
            for (var month = YearMonth.of(2026, 1); month.getYear() == 2026; month = month.plusMonths(1)) {
                at(month.atDay(20));
                agree(service, month);
                use(service, month);
                measure(logs, month);
                at(month.plusMonths(1).atDay(5));
                late(service, month);
                logs.awaitQuiet();
                for (var name : contracts.keySet()) {
                    if (!month.isAfter(lastMonths.getOrDefault(name, YearMonth.of(2026, 12)))) {
                        invoice(service, name, month);
                    }
                }
            }
        }
        assertThat(told.toString()).isEqualTo(Files.readString(EXPECTED, StandardCharsets.UTF_8));
    }

    private void plans(RunningService service) {
        meter(service, "tokens", "M tokens", "sum");
        meter(service, "it-energy", "kWh", "sum");
        meter(service, "storage", "TiB h", "gauge");
        var tiers =
                "{\"type\":\"tiered\",\"tiers\":[{\"from\":\"0\",\"until\":\"100\",\"unitPrice\":\"2\"},{\"from\":\"100\",\"unitPrice\":\"1.5\"}]}";
        plan(
                service,
                "gpu",
                "MAD",
                "2025-12-01T00:00:00Z",
                "\"prices\":[{\"meter\":\"gpu-hour\",\"unitPrice\":\"21\"}]");
        plan(
                service,
                "gpu",
                "MAD",
                "2026-07-01T00:00:00Z",
                "\"prices\":[{\"meter\":\"gpu-hour\",\"unitPrice\":\"25\"}]");
        charge(service, "tiered", charge("tokens", "tokens", tiers));
        charge(service, "flat", charge("rack-room", "", "{\"type\":\"flat\",\"amount\":\"31000\"}"));
        charge(
                service,
                "commitment",
                charge(
                        "tokens",
                        "tokens",
                        "{\"type\":\"commitment\",\"quantity\":\"100\",\"unitPrice\":\"1.8\",\"overageUnitPrice\":\"2.5\",\"rolloverMonths\":1}"));
        charge(
                service,
                "prepaid",
                charge("tokens", "tokens", "{\"type\":\"unit\",\"unitPrice\":\"2\"}"),
                charge("credit", "", "{\"type\":\"prepaid\",\"price\":\"900\",\"credit\":\"1000\",\"validMonths\":6}"));
        charge(
                service,
                "floor",
                charge("tokens", "tokens", "{\"type\":\"unit\",\"unitPrice\":\"2\"}"),
                charge("support", "", "{\"type\":\"percentage\",\"percent\":\"7.5\"}"),
                charge("floor", "", "{\"type\":\"minimum\",\"amount\":\"310\"}"));
        charge(
                service,
                "energy",
                charge(
                        "energy",
                        "it-energy",
                        "{\"type\":\"energy\",\"pue\":\"1.25\",\"zone\":\"UTC\",\"bands\":[{\"name\":\"day\",\"from\":\"07:00\",\"until\":\"22:00\",\"unitPrice\":\"1.2\"},{\"name\":\"night\",\"from\":\"22:00\",\"until\":\"07:00\",\"unitPrice\":\"0.7\"}]}"));
        charge(service, "storage", charge("storage", "storage", "{\"type\":\"unit\",\"unitPrice\":\"0.5\"}"));
    }

    private void contracts(RunningService service) {
        sign(service, "steady", "gpu", "MAD", "Africa/Casablanca", "2026-12-31T23:00:00Z");
        sign(service, "upgrades", "flat", "MAD", "UTC", "2027-01-01T00:00:00Z");
        sign(service, "terminates", "flat", "MAD", "UTC", "2027-01-01T00:00:00Z");
        sign(service, "late", "gpu", "MAD", "UTC", "2027-01-01T00:00:00Z");
        sign(service, "corrects", "gpu", "MAD", "UTC", "2027-01-01T00:00:00Z");
        sign(service, "paris", "storage", "MAD", "Europe/Paris", "2026-12-31T23:00:00Z");
        sign(service, "commits", "commitment", "MAD", "UTC", "2027-01-01T00:00:00Z");
        sign(service, "prepays", "prepaid", "MAD", "UTC", "2027-01-01T00:00:00Z");
        sign(service, "floor", "floor", "MAD", "UTC", "2027-01-01T00:00:00Z");
        sign(service, "energy", "energy", "MAD", "UTC", "2027-01-01T00:00:00Z");
        sign(service, "credited", "gpu", "MAD", "UTC", "2027-01-01T00:00:00Z");
        sign(service, "renews", "tiered", "MAD", "UTC", "2026-07-01T00:00:00Z");
    }

    private void agree(RunningService service, YearMonth month) {
        if (month.equals(YearMonth.of(2026, 3))) {
            change(service, "upgrades", "amendments", "{\"from\":\"2026-03-22T00:00:00Z\",\"plan\":\"tiered\"}");
        }
        if (month.equals(YearMonth.of(2026, 5))) {
            change(service, "terminates", "termination", "{\"until\":\"2026-05-25T12:00:00Z\",\"reason\":\"moved\"}");
            lastMonths.put("terminates", month);
        }
        if (month.equals(YearMonth.of(2026, 6))) {
            change(service, "renews", "renewals", "{\"until\":\"2027-01-01T00:00:00Z\"}");
        }
    }

    private void use(RunningService service, YearMonth month) {
        int n = month.getMonthValue();
        job(service, "steady", month, 10 * n, "");
        job(service, "late", month, 10, "");
        job(service, "corrects", month, 10, "");
        job(service, "credited", month, 100, "");
        tokens(service, "commits", month, 70 + 10 * (n % 5));
        tokens(service, "prepays", month, 90);
        tokens(service, "floor", month, 100 * (n % 3));
        tokens(service, "renews", month, 25 * n);
        reading(service, "energy", "it-energy", month + "-02T06:00:00Z", "1000");
        reading(service, "energy", "it-energy", month + "-02T07:00:00Z", "1000");
        if (!month.isBefore(YearMonth.of(2026, 3))) {
            reading(service, "upgrades", "tokens", month + "-20T00:00:00Z", "40");
        }
        if (month.equals(YearMonth.of(2026, 4))) {
            report(service, event("late", "after-issue", "2026-03-20T00:00:00Z", 7, ""));
        }
        if (month.equals(YearMonth.of(2026, 10))) {
            // What it takes away began more than 35 days ago.
            backfill(service, event("corrects", "fix", "2026-09-16T00:00:00Z", 3, "\"supersedes\":\"2026-09\","));
        }
        // A level of 1 reported at the end of each month holds into the next, over the changes of the clocks too.
        reading(service, "paris", "storage", month.atDay(19) + "T12:00:00Z", "1");
        reading(service, "paris", "storage", month.atDay(20) + "T06:00:00Z", "0");
    }

    private void late(RunningService service, YearMonth month) {
        if (month.equals(YearMonth.of(2026, 3))) {
            job(service, "late", YearMonth.of(2026, 3), 5, "late-");
        }
        if (month.equals(YearMonth.of(2026, 5))) {
            job(service, "corrects", YearMonth.of(2026, 5), 4, "more-");
        }
    }

    private void measure(Logs logs, YearMonth month) {
        if (month.equals(YearMonth.of(2026, 8))) {
            logs.publish(new AvailabilityMeasured(
                    new ContractId(UUID.fromString(Objects.requireNonNull(contracts.get("credited")))),
                    new TenantId("credited"),
                    month,
                    44_640,
                    100,
                    List.of(),
                    1,
                    clock.instant()));
        }
    }

    private void invoice(RunningService service, String name, YearMonth month) {
        var draft = post(
                service,
                BILLING_CLERK,
                "/api/billing/invoices",
                JSON,
                "{\"contract\":\"%s\",\"month\":\"%s\"}".formatted(contracts.get(name), month));
        var id = draft.get("invoice").asString();
        approve(service, id, draft.get("hash").asString());
        var issued = post(service, BILLING_CLERK, "/api/billing/invoices/" + id + "/issue", JSON, "{}");
        var content = issued.get("content");
        told.append("%s %s %s issued %s due %s: %s%n"
                .formatted(
                        month,
                        name,
                        issued.get("number").asString(),
                        issued.get("issuedOn").asString(),
                        issued.get("dueOn").asString(),
                        money(content.get("total"))));
        var sum = BigDecimal.ZERO;
        for (var line : content.get("lines")) {
            told.append("  %s %s %s: %s%n"
                    .formatted(
                            line.get("month").asString(),
                            line.get("product").asString(),
                            money(line.get("net")),
                            line.get("explanation").asString()));
            sum = sum.add(new BigDecimal(line.get("net").get("amount").asString()));
        }
        assertThat(sum).isEqualByComparingTo(content.get("net").get("amount").asString());
    }

    private static void approve(RunningService service, String id, String hash) {
        var answer = service.send(
                "POST",
                "/api/billing/invoices/" + id + "/approval",
                service.tokens().token("approver", BILLING_APPROVER),
                "{\"hash\":\"%s\"}".formatted(hash));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private static String money(JsonNode money) {
        return money.get("amount").asString() + " " + money.get("currency").asString();
    }

    private void at(LocalDate date) {
        clock.set(date.atTime(12, 0).toInstant(ZoneOffset.UTC));
    }

    private static void meter(RunningService service, String meter, String unit, String aggregation) {
        post(
                service,
                BILLING_CLERK,
                "/api/billing/meters",
                JSON,
                "{\"meter\":\"%s\",\"unit\":\"%s\",\"aggregation\":\"%s\",\"dimensions\":[]}"
                        .formatted(meter, unit, aggregation));
    }

    private static String charge(String code, String meter, String model) {
        return "{\"code\":\"%s\",\"product\":\"%s\",%s\"model\":%s}"
                .formatted(code, code, meter.isEmpty() ? "" : "\"meter\":\"" + meter + "\",", model);
    }

    private static void charge(RunningService service, String plan, String... charges) {
        plan(service, plan, "MAD", "2025-12-01T00:00:00Z", "\"charges\":[" + String.join(",", charges) + "]");
    }

    private static void plan(RunningService service, String plan, String currency, String from, String prices) {
        post(
                service,
                BILLING_CLERK,
                "/api/billing/price-plans",
                JSON,
                "{\"plan\":\"%s\",\"currency\":\"%s\",\"effectiveFrom\":\"%s\",%s}"
                        .formatted(plan, currency, from, prices));
    }

    private void sign(RunningService service, String name, String plan, String currency, String zone, String until) {
        var from =
                LocalDate.of(2026, 1, 1).atStartOfDay(java.time.ZoneId.of(zone)).toInstant();
        var body = """
                {"tenant":"%s","plan":"%s","term":{"from":"%s","until":"%s"},"currency":"%s","timeZone":"%s",
                 "serviceLevel":{"targetPercent":"99.9","tiers":[{"belowPercent":"99.9","creditPercent":"10"}]},
                 "terms":{"paymentDays":30,"buyer":{"name":"%s SA","street":"12 rue Ibn Batouta","postalCode":"20000","city":"Casablanca","country":"MA","ice":"001234567000089"}}}""".formatted(name, plan, from, until, currency, zone, name);
        contracts.put(
                name,
                post(service, BILLING_CLERK, "/api/billing/contracts", JSON, body)
                        .get("contract")
                        .asString());
    }

    private void change(RunningService service, String name, String what, String body) {
        post(service, BILLING_CLERK, "/api/billing/contracts/" + contracts.get(name) + "/" + what, JSON, body);
    }

    private static void report(RunningService service, String event) {
        accept(service, USAGE_REPORTER, "/api/billing/usage", event);
    }

    private static void backfill(RunningService service, String event) {
        accept(service, USAGE_BACKFILL, "/api/billing/usage?backfill=true", event);
    }

    private static void accept(RunningService service, Role role, String path, String event) {
        var answer = post(service, role, path, BATCH, "[" + event + "]");
        assertThat(answer.get("accepted").asInt()).as(answer.toString()).isEqualTo(1);
    }

    private void job(RunningService service, String name, YearMonth month, int hours, String prefix) {
        report(service, event(name, prefix + month, month.atDay(10) + "T00:00:00Z", hours, ""));
    }

    private String event(String name, String id, String from, int hours, String more) {
        return """
                {"specversion":"1.0","type":"menara.usage.gpu.v1","source":"/%s","id":"%s","subject":"%s",
                 "data":{"meter":"gpu-hour",%s"period":{"from":"%s","until":"%s"},"milliGpus":1000}}""".formatted(
                name, id, contracts.get(name), more, from, Instant.parse(from).plus(Duration.ofHours(hours)));
    }

    private void tokens(RunningService service, String name, YearMonth month, int millions) {
        reading(service, name, "tokens", month.atDay(3) + "T00:00:00Z", Integer.toString(millions));
    }

    private void reading(RunningService service, String name, String meter, String time, String value) {
        var answer = post(service, USAGE_REPORTER, "/api/billing/usage", BATCH, """
                [{"specversion":"1.0","type":"menara.usage.reading.v1","source":"/%s","id":"%s","subject":"%s","time":"%s",
                  "data":{"meter":"%s","value":"%s"}}]""".formatted(
                        name, meter + time, contracts.get(name), time, meter, value));
        assertThat(answer.get("accepted").asInt()).as(answer.toString()).isEqualTo(1);
    }

    private static JsonNode post(RunningService service, Role role, String path, String type, String body) {
        var answer = service.post(path, token(service, role), (Object) body, "Content-Type", type);
        assertThat(answer.status()).as(path + " " + answer.text()).isBetween(200, 299);
        return answer.body();
    }

    private static String token(RunningService service, Role role) {
        return role == USAGE_REPORTER || role == USAGE_BACKFILL
                ? BillingOverHttp.meterOf(service, role)
                : service.tokens().token("clerk", role);
    }
}
