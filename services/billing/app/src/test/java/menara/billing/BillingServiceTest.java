package menara.billing;

import static menara.platform.security.Role.AUDITOR;
import static menara.platform.security.Role.BILLING_CLERK;
import static menara.platform.security.Role.FINANCE;
import static menara.platform.security.Role.TENANT;
import static menara.platform.security.Role.USAGE_BACKFILL;
import static menara.platform.security.Role.USAGE_REPORTER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The service from outside, over HTTP. The clock stands at noon of 15 June 2026. */
class BillingServiceTest extends BillingOverHttp {

    private static final String BATCH = "application/cloudevents-batch+json";
    private static final String SINGLE = "application/cloudevents+json";

    @Test
    void usage_becomes_an_amount_that_explains_itself() {
        var contract = sign("atlas-ai");
        var sent = report(event(contract, "job-1", "2026-06-10T00:00:00Z", "2026-06-10T12:30:00Z", 1_000));
        assertThat(sent.get("accepted").asInt()).isEqualTo(1);

        var accrued = accrued(contract, "2026-06").get("contracts").get(0);
        var line = accrued.get("lines").get(0);
        assertThat(line.get("explanation").asString()).isEqualTo("12.500 GPU h × 2.10 USD (plan v1)");
        assertThat(line.get("milliGpuMilliseconds").asString()).isEqualTo("45000000000");
        assertThat(amount(line.get("amount"))).isEqualTo("26.25 USD");
        assertThat(amount(accrued.get("accrued"))).isEqualTo("26.25 USD");
    }

    @Test
    void what_was_not_known_yet_is_not_in_the_figure_of_that_day() {
        var contract = sign("atlas-ai");
        report(event(contract, "job-1", "2026-06-10T00:00:00Z", "2026-06-10T10:00:00Z", 1_000));
        var before = now();
        passMinutes(5);
        report(event(contract, "job-2", "2026-06-10T00:00:00Z", "2026-06-10T10:00:00Z", 1_000));

        assertThat(total(as(FINANCE).get(accruedPath(contract, "2026-06") + "&asOf=" + before)))
                .isEqualTo("21.00 USD");
        assertThat(total(as(FINANCE).get(accruedPath(contract, "2026-06")))).isEqualTo("42.00 USD");
        assertThat(as(FINANCE)
                        .get(accruedPath(contract, "2026-06") + "&asOf=2031-01-01T00:00:00Z")
                        .problem(400))
                .isEqualTo("asOf");
        assertThat(as(FINANCE)
                        .get(accruedPath(contract, "2026-06") + "&asOf=2026-01-01T00:00:00Z")
                        .expect(200)
                        .get("contracts")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void finance_gets_the_same_figures_for_its_spreadsheet() {
        var contract = sign("atlas-ai");
        report(event(contract, "job-1", "2026-06-10T00:00:00Z", "2026-06-10T12:30:00Z", 1_000));
        var csv = as(FINANCE)
                .get(accruedPath(contract, "2026-06"), "text/csv")
                .expectText(200)
                .lines()
                .toList();
        assertThat(csv).hasSize(2);
        assertThat(csv.get(1))
                .startsWith(
                        contract
                                + ",atlas-ai,2026-06,charge,gpu-hour,1,12.500,GPU h,45000000000,2.10,26.25,USD,12.500 GPU h × 2.10 USD (plan v1),");
        assertThat(as(FINANCE)
                        .get(accruedPath(contract, "2026-06") + "&format=csv")
                        .expectText(200))
                .startsWith("contract,tenant,month");
        assertThat(as(FINANCE)
                        .get(accruedPath(contract, "2026-06") + "&format=xml")
                        .problem(400))
                .isEqualTo("format");
    }

    @Test
    void a_batch_is_answered_item_by_item_and_sending_it_again_changes_nothing() {
        var contract = sign("atlas-ai");
        var good = event(contract, "job-1", "2026-06-10T00:00:00Z", "2026-06-10T10:00:00Z", 1_000);
        var negative = event(contract, "job-2", "2026-06-10T00:00:00Z", "2026-06-10T10:00:00Z", -1);
        var stranger =
                event(UUID.randomUUID().toString(), "job-3", "2026-06-10T00:00:00Z", "2026-06-10T10:00:00Z", 1_000);
        var other = event(contract, "job-1", "2026-06-10T00:00:00Z", "2026-06-10T10:00:00Z", 2_000);
        var answer = report(good, negative, stranger, good, other);

        assertThat(answer.get("accepted").asInt()).isEqualTo(1);
        assertThat(answer.get("duplicates").asInt()).isEqualTo(1);
        assertThat(answer.get("rejected").get(0).get("index").asInt()).isEqualTo(1);
        assertThat(answer.get("rejected").get(0).get("field").asString()).isEqualTo("data.milliGpus");
        assertThat(answer.get("rejected").get(1).get("id").asString()).isEqualTo("job-3");
        assertThat(answer.get("rejected").get(1).get("field").asString()).isEqualTo("subject");
        assertThat(answer.get("conflicts").get(0).get("index").asInt()).isEqualTo(4);

        var again = report(good, other);
        assertThat(again.get("accepted").asInt()).isZero();
        assertThat(again.get("duplicates").asInt()).isEqualTo(1);
        assertThat(again.get("conflicts").size()).isEqualTo(1);
        assertThat(total(as(FINANCE).get(accruedPath(contract, "2026-06")))).isEqualTo("21.00 USD");
    }

    @Test
    void what_became_of_an_event_can_be_asked() {
        var contract = sign("atlas-ai");
        report(event(contract, "job-1", "2026-06-10T00:20:00Z", "2026-06-10T10:00:00Z", 1_000));
        report(event(contract, "job-1", "2026-06-10T00:20:00Z", "2026-06-10T10:00:00Z", 3_000));
        var story = as(FINANCE)
                .get("/api/billing/usage/audit-trail?source=" + source() + "&id=job-1")
                .expect(200);
        assertThat(story.get("outcome").asString()).isEqualTo("accepted");
        assertThat(story.get("firstHour").asString()).isEqualTo("2026-06-10T00:00:00Z");
        assertThat(story.get("lastHour").asString()).isEqualTo("2026-06-10T09:00:00Z");
        assertThat(story.get("conflicts").get(0).get("milliGpus").asInt()).isEqualTo(3_000);
        assertThat(as(FINANCE)
                        .get("/api/billing/usage/audit-trail?source=" + source() + "&id=job-9")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_single_event_that_cannot_count_is_a_problem_that_names_the_field() {
        var contract = sign("atlas-ai");
        var good = event(contract, "job-1", "2026-06-10T00:00:00Z", "2026-06-10T10:00:00Z", 1_000);
        as(USAGE_REPORTER).post("/api/billing/usage", SINGLE, good).expect(200);
        assertThat(as(USAGE_REPORTER)
                        .post("/api/billing/usage", SINGLE, good.replace(":1000}", ":-1}"))
                        .problem(400))
                .isEqualTo("data.milliGpus");
        assertThat(as(USAGE_REPORTER)
                        .post("/api/billing/usage", SINGLE, good.replace(":1000}", ":2000}"))
                        .problem(409))
                .isEqualTo("usage-event-conflict");
        assertThat(as(USAGE_REPORTER)
                        .post("/api/billing/usage", SINGLE, "{\"id\":")
                        .status())
                .isEqualTo(400);
        assertThat(as(USAGE_REPORTER).post("/api/billing/usage", BATCH, good).status())
                .isEqualTo(400);
    }

    @Test
    void too_many_events_or_bytes_are_refused_whole() {
        var contract = sign("atlas-ai");
        var many = IntStream.rangeClosed(0, 1_000)
                .mapToObj(i -> event(contract, "job-" + i, "2026-06-10T00:00:00Z", "2026-06-10T10:00:00Z", 1))
                .toList();
        var refused = as(USAGE_REPORTER).post("/api/billing/usage", BATCH, many.toString());
        var problem = refused.expect(413);
        assertThat(problem.path("type").asString()).isEqualTo("urn:menara:problem:too-large");
        assertThat(problem.path("detail").asString()).contains("at most 1000 events");
        assertThat(problem.path("instance").asString()).isEqualTo("/api/billing/usage");
        assertThat(as(USAGE_REPORTER)
                        .post("/api/billing/usage", BATCH, "[" + " ".repeat(2 * 1024 * 1024) + "]")
                        .status())
                .isEqualTo(413);
        assertThat(total(as(FINANCE).get(accruedPath(contract, "2026-06")))).isEqualTo("0.00 USD");
    }

    @Test
    void old_usage_needs_the_right_to_backfill() {
        var contract = sign("atlas-ai");
        var old = "[" + event(contract, "job-1", "2026-03-01T00:00:00Z", "2026-03-01T10:00:00Z", 1_000) + "]";
        var refused = as(USAGE_REPORTER).post("/api/billing/usage", BATCH, old).expect(200);
        assertThat(refused.get("rejected").get(0).get("field").asString()).isEqualTo("data.period.from");
        assertThat(as(USAGE_REPORTER)
                        .post("/api/billing/usage?backfill=true", BATCH, old)
                        .status())
                .isEqualTo(403);
        assertThat(as(USAGE_BACKFILL)
                        .post("/api/billing/usage?backfill=true", BATCH, old)
                        .expect(200)
                        .get("accepted")
                        .asInt())
                .isEqualTo(1);
        for (var takesBack : List.of(
                """
                {"specversion":"1.0","type":"menara.usage.retraction.v1","source":"%s","id":"gone","subject":"%s",\
                "data":{"supersedes":"job-1"}}""".formatted(source(), contract),
                event(contract, "less", "2026-06-10T00:00:00Z", "2026-06-10T10:00:00Z", 1)
                        .replace("\"milliGpus\"", "\"supersedes\":\"job-1\",\"milliGpus\""))) {
            var late = as(USAGE_REPORTER)
                    .post("/api/billing/usage", BATCH, "[" + takesBack + "]")
                    .expect(200);
            assertThat(late.get("rejected").get(0).get("field").asString()).isEqualTo("data.supersedes");
            assertThat(total(as(FINANCE).get(accruedPath(contract, "2026-03")))).isEqualTo("21.00 USD");
        }
        assertThat(as(USAGE_BACKFILL)
                        .post(
                                "/api/billing/usage?backfill=true",
                                BATCH,
                                "["
                                        + event(contract, "late", "2026-03-01T00:00:00Z", "2026-03-01T10:00:00Z", 2_000)
                                                .replace("\"milliGpus\"", "\"supersedes\":\"job-1\",\"milliGpus\"")
                                        + "]")
                        .expect(200)
                        .get("accepted")
                        .asInt())
                .isEqualTo(1);
        assertThat(total(as(FINANCE).get(accruedPath(contract, "2026-03")))).isEqualTo("42.00 USD");
    }

    @Test
    void a_tenant_sees_its_own_and_a_foreign_contract_looks_like_none() {
        var own = sign("atlas-ai");
        var foreign = sign("rif-cloud");
        report(event(foreign, "job-1", "2026-06-10T00:00:00Z", "2026-06-10T10:00:00Z", 1_000));
        var tenant = as(TENANT).of("atlas-ai");

        tenant.get("/api/billing/contracts/" + own).expect(200);
        tenant.get(accruedPath(own, "2026-06")).expect(200);
        for (var path : List.of(
                "/api/billing/contracts/%s",
                "/api/billing/credits?contract=%s",
                "/api/billing/projections/accrued?contract=%s",
                "/api/billing/projections/forecast?contract=%s")) {
            assertThat(tenant.get(path.formatted(foreign)).status()).as(path).isEqualTo(404);
            assertThat(tenant.get(path.formatted(UUID.randomUUID())).status())
                    .as(path)
                    .isEqualTo(404);
            as(AUDITOR).get(path.formatted(foreign)).expect(200);
        }
        assertThat(tenant.get("/api/billing/projections/accrued?tenant=rif-cloud")
                        .status())
                .isEqualTo(404);
        assertThat(tenant.get("/api/billing/usage/audit-trail?source=" + source() + "&id=job-1")
                        .status())
                .isEqualTo(404);
        assertThat(tenants(tenant.get("/api/billing/contracts?limit=1000")
                        .expect(200)
                        .get("items")))
                .containsOnly("atlas-ai");
        assertThat(tenants(tenant.get("/api/billing/projections/accrued")
                        .expect(200)
                        .get("contracts")))
                .containsOnly("atlas-ai");
    }

    @Test
    void lists_come_in_pages_without_a_gap() {
        var signed = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            signed.add(sign("pages-" + i));
        }
        var seen = new ArrayList<String>();
        var path = "/api/billing/contracts?limit=2";
        var next = path;
        while (!next.isEmpty()) {
            var page = as(FINANCE).get(next).expect(200);
            page.get("items").forEach(item -> seen.add(item.get("contract").asString()));
            next = page.get("next").isNull()
                    ? ""
                    : path + "&cursor=" + page.get("next").asString();
        }
        assertThat(seen).containsAll(signed).doesNotHaveDuplicates();
        assertThat(as(FINANCE).get("/api/billing/contracts?limit=1001").problem(400))
                .isEqualTo("limit");
    }

    @Test
    void an_earlier_or_overlapping_plan_version_is_refused() {
        var plan = publishPlan("2026-01-01T00:00:00Z");
        as(BILLING_CLERK)
                .post("/api/billing/price-plans", JSON, plan(plan, "USD", "2026-07-01T00:00:00Z"))
                .expect(201);
        assertThat(as(BILLING_CLERK)
                        .post("/api/billing/price-plans", JSON, plan(plan, "USD", "2026-07-01T00:00:00Z"))
                        .problem(409))
                .isEqualTo("price-plan-versions-overlap");
        assertThat(as(FINANCE)
                        .get("/api/billing/price-plans/" + plan)
                        .expect(200)
                        .get("versions")
                        .size())
                .isEqualTo(2);
    }

    @Test
    void a_contract_that_cannot_be_is_refused_naming_the_field_or_the_rule() {
        var plan = publishPlan("2026-01-01T00:00:00Z");
        var good = contract("atlas-ai", plan, "USD", "2026-01-01T00:00:00Z", "UTC");
        assertThat(signing(good.replace("USD", "MAD")).problem(409)).isEqualTo("contract-currency-differs-from-plan");
        assertThat(signing(good.replace("2026-01-01T00", "2025-01-01T00")).problem(409))
                .isEqualTo("price-plan-not-in-force");
        assertThat(signing(good.replace("2026-01-01T00:00", "2026-01-01T00:30")).problem(400))
                .isEqualTo("term.from");
        assertThat(signing(good.replace(plan, "no-such-plan")).problem(400)).isEqualTo("plan");
    }

    @Test
    void a_field_that_is_missing_unknown_or_of_the_wrong_form_is_named() {
        var plan = publishPlan("2026-01-01T00:00:00Z");
        var good = contract("atlas-ai", plan, "USD", "2026-01-01T00:00:00Z", "UTC");
        assertThat(signing(good.replace("\"tenant\":\"atlas-ai\",", "")).problem(400))
                .isEqualTo("tenant");
        assertThat(signing(good.replace("\"tenant\"", "\"tennant\"")).problem(400))
                .isIn("tenant", "tennant");
        assertThat(signing(good.replace("\"UTC\"", "\"Mars/Olympus\"")).problem(400))
                .isEqualTo("timeZone");
        assertThat(signing(good.replace("\"USD\"", "\"DOLLARS\"")).problem(400)).isEqualTo("currency");
        assertThat(signing(good.replace("2027-01-01", "2025-01-01")).problem(400))
                .isEqualTo("term");
        assertThat(signing(good.replace("\"25\"", "\"5\"")).problem(400)).isEqualTo("serviceLevel");
        assertThat(signing(good.replace("\"25\"", "\"125\"")).problem(400)).startsWith("serviceLevel.tiers[1]");
        assertThat(signing("{").status()).isEqualTo(400);
        var negative = plan("plan-x", "USD", "2026-01-01T00:00:00Z").replace("2.10", "-2.10");
        assertThat(as(BILLING_CLERK)
                        .post("/api/billing/price-plans", JSON, negative)
                        .problem(400))
                .startsWith("prices[0]");
        assertThat(as(FINANCE).get("/api/billing/contracts/not-a-uuid").problem(400))
                .isEqualTo("contract");
        for (var month : List.of("May", "%2B999999999-12", "-999999999-01", "1999-12", "2200-01")) {
            assertThat(as(FINANCE)
                            .get("/api/billing/projections/accrued?month=" + month)
                            .problem(400))
                    .isEqualTo("month");
            assertThat(as(FINANCE)
                            .get("/api/billing/projections/revenue-leakage?month=" + month)
                            .problem(400))
                    .isEqualTo("month");
        }
        assertThat(as(FINANCE)
                        .get("/api/billing/projections/accrued?asOf=-1000000000-01-01T00:00:00Z")
                        .problem(400))
                .isEqualTo("asOf");
    }

    @Test
    void signing_again_under_the_same_key_gives_the_same_contract_and_another_body_is_refused() {
        var body = contract("atlas-ai", publishPlan("2026-01-01T00:00:00Z"), "USD", "2026-01-01T00:00:00Z", "UTC");
        var key = UUID.randomUUID().toString();
        var first = as(BILLING_CLERK)
                .post("/api/billing/contracts", JSON, body, key)
                .expect(201);
        var again = as(BILLING_CLERK)
                .post("/api/billing/contracts", JSON, body, key)
                .expect(201);
        assertThat(again).isEqualTo(first);
        assertThat(as(BILLING_CLERK)
                        .post("/api/billing/contracts", JSON, body.replace("atlas-ai", "rif-cloud"), key)
                        .status())
                .isEqualTo(422);
    }

    private Answer signing(String body) {
        return as(BILLING_CLERK).post("/api/billing/contracts", JSON, body);
    }

    private static List<String> tenants(JsonNode items) {
        return items.valueStream().map(item -> item.get("tenant").asString()).toList();
    }
}
