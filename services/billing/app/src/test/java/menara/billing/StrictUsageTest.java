package menara.billing;

import static menara.platform.security.Role.BILLING_CLERK;
import static menara.platform.security.Role.FINANCE;
import static menara.platform.security.Role.USAGE_REPORTER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Usage, plans and contracts that could be read in two ways, cost more than they say, or could never be printed are refused at the door. */
class StrictUsageTest extends BillingOverHttp {

    private static final String BATCH = "application/cloudevents-batch+json";
    private static final String STREAM = "application/x-ndjson";

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udfff", "a\\u0000", "a\\u0085", "a\\nb", "a\\u2028b", "a\\u202eb"})
    void ids_that_would_become_one_when_stored_are_refused(String id) {
        var contract = sign("atlas-ai");
        assertThat(report(job(contract, "?")).get("accepted").asInt()).isEqualTo(1);
        var answer = report(job(contract, id));
        assertThat(answer.get("accepted").asInt()).isZero();
        assertThat(answer.get("duplicates").asInt()).isZero();
        assertThat(answer.get("rejected").get(0).get("field").asString()).isEqualTo("id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e-999999999",
                "1e999999999",
                "0e999999999",
                "\"1e-999999999\"",
                "\"0e-2147483648\"",
                "0.0000001",
                "1e2000",
                "0.00000000000000000000000000000000000000000001",
                "\"NaN\"",
                "\" 1\"",
                "\"\\ud800\""
            })
    void a_value_is_exact_or_refused_whatever_its_scale(String value) {
        var meter = meter();
        var contract = sign("atlas-ai");
        var answer = report(reading(contract, meter, value));
        assertThat(answer.get("accepted").asInt()).as(answer.toString()).isZero();
        assertThat(answer.get("rejected").get(0).get("field").asString()).isEqualTo("data.value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.000001", "1999999.999999", "1e3", "\"12.50\"", "0"})
    void a_value_of_everyday_counts(String value) {
        assertThat(report(reading(sign("atlas-ai"), meter(), value))
                        .get("accepted")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void a_field_said_twice_is_refused_in_every_form() {
        var twice = job(sign("atlas-ai"), "job").replace("\"milliGpus\":", "\"milliGpus\":9,\"milliGpus\":");
        for (var type : new String[] {"application/cloudevents+json", BATCH, STREAM}) {
            var answer =
                    as(USAGE_REPORTER).post("/api/billing/usage", type, type.equals(BATCH) ? "[" + twice + "]" : twice);
            assertThat(answer.status()).as(type).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @CsvSource({
        BATCH + ", '[{},', 413",
        BATCH + ", '[[[],', 413",
        "application/cloudevents+json, '{\"a\":[{},', 413",
        STREAM + ", '{\"a\":[{},', 400"
    })
    void a_body_that_holds_far_more_than_its_text_is_not_built(String type, String begin, int status) {
        var answer = as(USAGE_REPORTER)
                .post("/api/billing/usage", type, begin + "{},".repeat(type.equals(STREAM) ? 2_000 : 600_000) + "{}]}");
        assertThat(answer.status())
                .as(answer.body().substring(0, Math.min(400, answer.body().length())))
                .isEqualTo(status);
    }

    @Test
    void a_dimension_with_odd_characters_is_the_senders_mistake() {
        var meter = meter();
        var contract = sign("atlas-ai");
        for (var dimensions : new String[] {
            "{\"model\":\"a\\u0000\"}",
            "{\"model\":\"a b\"}",
            "{\"model\":null}",
            "{\"mo\\u0000del\":\"x\"}",
            "{\"$where.a\":\"x\"}",
            "[]"
        }) {
            var answer = report(
                    reading(contract, meter, "1").replace("\"value\"", "\"dimensions\":" + dimensions + ",\"value\""));
            assertThat(answer.get("rejected").get(0).get("field").asString())
                    .as(dimensions)
                    .startsWith("data.dimensions");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Rack\\u0000", "Rack\\u009f", "Two\\nlines", "\\ud800", "\\u202eback"})
    void what_no_invoice_could_print_is_refused_where_it_enters(String text) {
        var plan = "plan-" + UUID.randomUUID();
        var product = """
                {"plan":"%s","currency":"USD","effectiveFrom":"2026-01-01T00:00:00Z",
                 "charges":[{"code":"main","product":"%s","model":{"type":"flat","amount":"1"}}]}""".formatted(plan, text);
        assertThat(as(BILLING_CLERK)
                        .post("/api/billing/price-plans", JSON, product)
                        .problem(400))
                .startsWith("charges[0]");
        var dimension = product.replace(
                "\"product\":\"" + text + "\"", "\"product\":\"P\",\"match\":{\"%s\":\"x\"}".formatted(text));
        assertThat(as(BILLING_CLERK)
                        .post("/api/billing/price-plans", JSON, dimension)
                        .problem(400))
                .startsWith("charges[0]");
        var signed = contract("atlas-ai", publishPlan("2026-01-01T00:00:00Z"), "USD", "2026-01-01T00:00:00Z", "UTC");
        var buyer = """
                {"name":"%s","street":"1 rue","postalCode":"1","city":"Paris","country":"FR"}""".formatted(text);
        assertThat(as(BILLING_CLERK)
                        .post(
                                "/api/billing/contracts",
                                JSON,
                                signed.replaceFirst(
                                        "\\{",
                                        "{\"terms\":{\"paymentDays\":30,\"buyer\":" + buyer.replace("\\", "\\\\")
                                                + "},"))
                        .problem(400))
                .startsWith("terms.buyer");
        assertThat(as(BILLING_CLERK)
                        .post(
                                "/api/billing/contracts/" + sign("atlas-ai") + "/amendments",
                                JSON,
                                "{\"buyer\":" + buyer + "}")
                        .problem(400))
                .startsWith("buyer");
        assertThat(as(BILLING_CLERK)
                        .post(
                                "/api/billing/contracts/" + sign("atlas-ai") + "/termination",
                                JSON,
                                "{\"until\":\"2026-07-01T00:00:00Z\",\"reason\":\"" + text + "\"}")
                        .problem(400))
                .isEqualTo("reason");
        assertThat(as(BILLING_CLERK)
                        .post(
                                "/api/billing/invoices/" + UUID.randomUUID() + "/void",
                                JSON,
                                "{\"reason\":\"" + text + "\"}")
                        .problem(400))
                .isEqualTo("reason");
    }

    @Test
    void a_draft_is_thrown_away_for_a_reason() {
        for (var body : new String[] {"{\"reason\":\"\"}", "{\"reason\":\"  \"}", "{}", "{\"reason\":null}"}) {
            assertThat(as(BILLING_CLERK)
                            .post("/api/billing/invoices/" + UUID.randomUUID() + "/void", JSON, body)
                            .problem(400))
                    .as(body)
                    .isEqualTo("reason");
        }
    }

    @Test
    void an_auditor_or_clerk_who_asks_for_an_event_of_nobody_is_told_so() {
        assertThat(as(FINANCE)
                        .get("/api/billing/usage/audit-trail?source=x&id=y&party=" + "a".repeat(500))
                        .status())
                .isEqualTo(404);
    }

    private String meter() {
        var meter = "m-" + UUID.randomUUID().toString().substring(0, 8);
        as(BILLING_CLERK)
                .post(
                        "/api/billing/meters",
                        JSON,
                        "{\"meter\":\"%s\",\"unit\":\"x\",\"aggregation\":\"sum\",\"dimensions\":[\"model\"]}"
                                .formatted(meter))
                .expect(201);
        return meter;
    }

    private String job(String contract, String id) {
        return event(contract, id, "2026-06-10T00:00:00Z", "2026-06-10T10:00:00Z", 1_000);
    }

    private String reading(String contract, String meter, String value) {
        return """
                {"specversion":"1.0","type":"menara.usage.reading.v1","source":"%s","id":"%s","subject":"%s",\
                "time":"2026-06-10T00:00:00Z","data":{"meter":"%s","value":%s}}""".formatted(source(), UUID.randomUUID(), contract, meter, value);
    }
}
