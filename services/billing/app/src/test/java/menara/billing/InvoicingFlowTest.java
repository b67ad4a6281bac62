package menara.billing;

import static menara.platform.security.Role.BILLING_CLERK;
import static menara.platform.security.Role.FINANCE;
import static menara.platform.security.Role.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.UUID;
import java.util.stream.IntStream;
import menara.billing.billruns.BillRun;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From a draft to an issued invoice and back, over HTTP. It is the middle of June; May is over and its grace too. */
class InvoicingFlowTest extends InvoicesOverHttp {

    @Test
    void a_month_becomes_an_invoice_that_a_second_person_approves() {
        var contract = signInDirham("atlas-ai");
        used(contract, "job-1", "2026-05-20T00:00:00Z", "2026-05-20T10:00:00Z");
        var draft = prepare(contract, "2026-05");
        var id = draft.get("invoice").asString();
        assertThat(amount(draft.get("content").get("net"))).isEqualTo("210.00 MAD");
        assertThat(amount(draft.get("content").get("vatAmount"))).isEqualTo("42.00 MAD");
        assertThat(amount(draft.get("content").get("total"))).isEqualTo("252.00 MAD");

        assertThat(approve("clerk", draft).problem(409)).isEqualTo("four-eyes");
        used(contract, "job-2", "2026-05-22T00:00:00Z", "2026-05-22T01:00:00Z");
        assertThat(approve("approver", draft).problem(409)).isEqualTo("draft-changed");
        var read = as(FINANCE).get(INVOICES + "/" + id).expect(200);
        assertThat(amount(read.get("content").get("net"))).isEqualTo("231.00 MAD");
        assertThat(issue(id).problem(409)).isEqualTo("not-approved");
        assertThat(approve("approver", read).expect(200).get("state").asString())
                .isEqualTo("approved");

        var issued = issue(id).expect(200);
        assertThat(issued.get("number").asString()).matches("MNR-2026-INV-\\d{6}");
        assertThat(issued.get("dueOn").asString())
                .isEqualTo(now().atZone(java.time.ZoneId.of("Africa/Casablanca"))
                        .toLocalDate()
                        .plusDays(30)
                        .toString());
        assertThat(issue(id).expect(200).get("number"))
                .as("a retry takes no second number")
                .isEqualTo(issued.get("number"));
        as(TENANT).of("atlas-ai").get(INVOICES + "/" + id).expect(200);
        assertThat(as(TENANT).of("rif-cloud").get(INVOICES + "/" + id).status()).isEqualTo(404);
    }

    @Test
    void a_draft_waits_until_its_grace_is_over() {
        var contract = signInDirham("atlas-ai");
        var draft = prepare(contract, "2026-06");
        assertThat(approve("approver", draft).problem(409)).isEqualTo("grace-not-over");
    }

    @Test
    void late_usage_is_an_adjustment_on_the_next_invoice_and_the_issued_one_stays_as_it_was() {
        var contract = signInDirham("atlas-ai");
        used(contract, "job-1", "2026-05-20T00:00:00Z", "2026-05-20T10:00:00Z");
        var may = issued(contract, "2026-05");
        used(contract, "late", "2026-05-21T00:00:00Z", "2026-05-21T01:00:00Z");
        used(contract, "june", "2026-06-02T00:00:00Z", "2026-06-02T02:00:00Z");

        assertThat(as(FINANCE)
                        .get(INVOICES + "/" + may.get("invoice").asString())
                        .expect(200)
                        .get("hash"))
                .isEqualTo(may.get("hash"));
        var june = prepare(contract, "2026-06").get("content");
        assertThat(june.get("lines")).hasSize(2);
        assertThat(amount(june.get("lines").get(0).get("net"))).isEqualTo("42.00 MAD");
        assertThat(june.get("lines").get(1).get("month").asString()).isEqualTo("2026-05");
        assertThat(june.get("lines").get(1).get("explanation").asString())
                .isEqualTo(
                        "adjustment of 2026-05: 231.00 MAD for 11.000 GPU h × 21.00 MAD (plan v1), invoiced 210.00 MAD");
        assertThat(amount(june.get("net"))).isEqualTo("63.00 MAD");
    }

    @Test
    void credit_and_rebill_is_exact() {
        var contract = signInDirham("atlas-ai");
        used(contract, "job-1", "2026-05-20T00:00:00Z", "2026-05-20T10:00:00Z");
        var invoice = issued(contract, "2026-05");
        var id = invoice.get("invoice").asString();

        assertThat(credit("clerk", id, WHOLE).problem(409)).isEqualTo("four-eyes");
        assertThat(credit("approver", id, partial("300.00")).problem(409)).isEqualTo("credit-beyond-the-line");
        var once = credit("approver", id, partial("10.00")).expect(200);
        assertThat(once.get("state").asString()).isEqualTo("issued");
        assertThat(amount(once.get("creditNotes").get(0).get("content").get("total")))
                .isEqualTo("-12.00 MAD");
        var whole = credit("approver", id, WHOLE).expect(200);
        assertThat(whole.get("state").asString()).isEqualTo("credited");
        assertThat(amount(whole.get("creditNotes").get(1).get("content").get("net")))
                .isEqualTo("-200.00 MAD");
        assertThat(credit("approver", id, WHOLE).problem(409)).isEqualTo("nothing-to-credit");

        var again = prepare(contract, "2026-05");
        assertThat(again.get("invoice").asString()).isNotEqualTo(id);
        assertThat(again.get("hash")).isEqualTo(invoice.get("hash"));
    }

    @Test
    void an_approved_invoice_can_be_voided_and_takes_no_number() {
        var contract = signInDirham("atlas-ai");
        used(contract, "job-1", "2026-05-20T00:00:00Z", "2026-05-20T10:00:00Z");
        var draft = prepare(contract, "2026-05");
        approve("approver", draft).expect(200);
        var id = draft.get("invoice").asString();
        var voided = as(BILLING_CLERK).post(INVOICES + "/" + id + "/void", JSON, "{\"reason\":\"wrong buyer\"}");
        assertThat(voided.expect(200).get("state").asString()).isEqualTo("void");
        assertThat(issue(id).problem(409)).isEqualTo("invoice-void");
        assertThat(prepare(contract, "2026-05").get("hash")).isEqualTo(draft.get("hash"));
    }

    @Test
    void numbers_have_no_gap_however_many_are_issued_at_once() {
        var ids = IntStream.range(0, 8)
                .mapToObj(i -> {
                    var contract = signInDirham("atlas-ai");
                    used(contract, "job-" + i, "2026-05-20T00:00:00Z", "2026-05-20T10:00:00Z");
                    var draft = prepare(contract, "2026-05");
                    approve("approver", draft).expect(200);
                    return draft.get("invoice").asString();
                })
                .toList();
        var numbers = ids.parallelStream()
                .map(id -> issue(id).expect(200).get("number").asString())
                .map(number -> Integer.parseInt(number.substring(number.lastIndexOf('-') + 1)))
                .sorted()
                .toList();
        assertThat(new ArrayList<>(numbers))
                .containsExactlyElementsOf(IntStream.range(0, 8)
                        .mapToObj(i -> numbers.getFirst() + i)
                        .toList());
    }

    @Test
    void a_preview_can_be_had_for_any_date_and_stores_nothing() {
        var contract = signInDirham("atlas-ai");
        var before = now();
        passMinutes(1);
        used(contract, "job-1", "2026-05-20T00:00:00Z", "2026-05-20T10:00:00Z");
        var path = INVOICES + "/preview?contract=" + contract + "&month=2026-05";
        assertThat(amount(as(TENANT)
                        .of("atlas-ai")
                        .get(path)
                        .expect(200)
                        .get("content")
                        .get("net")))
                .isEqualTo("210.00 MAD");
        assertThat(as(FINANCE)
                        .get(path + "&asOf=" + before)
                        .expect(200)
                        .get("content")
                        .get("lines"))
                .isEmpty();
        assertThat(as(FINANCE)
                        .get(INVOICES + "?contract=" + contract)
                        .expect(200)
                        .get("items"))
                .isEmpty();
    }

    @Test
    void the_bill_run_drafts_every_contract_and_says_how_far_it_is() {
        var contract = signInDirham("atlas-ai");
        used(contract, "job-1", "2026-05-20T00:00:00Z", "2026-05-20T10:00:00Z");
        as(BILLING_CLERK)
                .post("/api/billing/bill-runs", JSON, "{\"month\":\"2026-05\"}")
                .expect(202);
        passMinutes(1);
        var run = Awaitility.await()
                .until(
                        () -> as(FINANCE).get("/api/billing/bill-runs/2026-05").expect(200),
                        answer -> answer.get("state").asString().equals("finished"));
        assertThat(run.get("drafts").asInt()).isPositive();
        assertThat(run.get("hash").asString()).hasSize(64);
        as(BILLING_CLERK)
                .post("/api/billing/bill-runs", JSON, "{\"month\":\"2027-05\"}")
                .problem(400);
    }

    @Test
    void a_bill_run_killed_after_its_drafts_were_written_makes_the_same_ones_again() {
        var contract = signInDirham("atlas-ai");
        used(contract, "job-1", "2026-05-20T00:00:00Z", "2026-05-20T10:00:00Z");
        as(BILLING_CLERK)
                .post("/api/billing/bill-runs", JSON, "{\"month\":\"2026-05\"}")
                .expect(202);
        var month = java.time.YearMonth.of(2026, 5);
        var job = running().bean(BillRun.class);
        Awaitility.await().until(() -> job.work(month, java.time.Duration.ZERO));
        var undisturbed = as(FINANCE).get("/api/billing/bill-runs/2026-05").expect(200);
        var database = running().bean(com.mongodb.client.MongoDatabase.class);
        long drafts = database.getCollection("invoice_drafts").countDocuments();
        passMinutes(1);
        // What came later belongs to the next run, however late this one ends.
        used(contract, "job-2", "2026-05-20T00:00:00Z", "2026-05-20T10:00:00Z");
        database.getCollection("bill_runs")
                .updateOne(
                        com.mongodb.client.model.Filters.eq("_id", "2026-05"),
                        com.mongodb.client.model.Updates.combine(
                                com.mongodb.client.model.Updates.set("after", ""),
                                com.mongodb.client.model.Updates.set("done", 0),
                                com.mongodb.client.model.Updates.set("lines", 0),
                                com.mongodb.client.model.Updates.set("hash", ""),
                                com.mongodb.client.model.Updates.set("finished", false)));
        Awaitility.await().until(() -> job.work(month, java.time.Duration.ZERO));

        assertThat(as(FINANCE).get("/api/billing/bill-runs/2026-05").expect(200))
                .isEqualTo(undisturbed);
        assertThat(database.getCollection("invoice_drafts").countDocuments()).isEqualTo(drafts);
    }

    @Test
    void what_became_of_an_event_is_told_up_to_the_invoice_line_also_of_a_refused_one() {
        var contract = signInDirham("atlas-ai");
        var original = event(contract, "job-1", "2026-05-20T00:00:00Z", "2026-05-20T10:00:00Z", 1_000);
        report(original, event(contract, "bad", "2026-05-20T00:00:00Z", "2026-05-20T10:00:00Z", -1));
        report(event(contract, "job-1b", "2026-05-20T00:00:00Z", "2026-05-20T20:00:00Z", 1_000)
                .replace("\"milliGpus\"", "\"supersedes\":\"job-1\",\"milliGpus\""));
        var invoice = issued(contract, "2026-05");
        assertThat(amount(invoice.get("content").get("net"))).isEqualTo("420.00 MAD");

        var story = story("job-1b");
        assertThat(story.get("outcome").asString()).isEqualTo("accepted");
        assertThat(story.get("supersedes").asString()).isEqualTo("job-1");
        assertThat(story.get("invoiceLines").get(0).get("number")).isEqualTo(invoice.get("number"));
        assertThat(story.get("invoiceLines").get(0).get("explanation").asString())
                .isEqualTo("20.000 GPU h × 21.00 MAD (plan v1)");
        assertThat(story("job-1").get("outcome").asString()).isEqualTo("corrected");
        assertThat(story("job-1").get("supersededBy").asString()).isEqualTo("job-1b");
        assertThat(story("bad").get("outcome").asString()).isEqualTo("rejected");
        assertThat(story("bad").get("refusals").get(0).get("field").asString()).isEqualTo("data.milliGpus");
    }

    @Test
    void readings_of_a_meter_of_ones_own_come_as_a_stream_and_are_charged_by_tiers() {
        var meter = "tokens-" + UUID.randomUUID().toString().substring(0, 8);
        as(BILLING_CLERK)
                .post(
                        "/api/billing/meters",
                        JSON,
                        "{\"meter\":\"%s\",\"unit\":\"M tokens\",\"aggregation\":\"sum\",\"dimensions\":[\"model\"]}"
                                .formatted(meter))
                .expect(201);
        var plan = "plan-" + UUID.randomUUID();
        as(BILLING_CLERK)
                .post("/api/billing/price-plans", JSON, """
                        {"plan":"%s","currency":"MAD","effectiveFrom":"2026-01-01T00:00:00Z","charges":[
                         {"code":"large","product":"Large model","meter":"%s","match":{"model":"large"},
                          "model":{"type":"tiered","tiers":[{"from":"0","until":"100","unitPrice":"2"},{"from":"100","unitPrice":"1.5"}]}}]}""".formatted(plan, meter))
                .expect(201);
        var contract = as(BILLING_CLERK)
                .post("/api/billing/contracts", JSON, contract("atlas-ai", plan, "MAD", "2026-01-01T00:00:00Z", "UTC"))
                .expect(201)
                .get("contract")
                .asString();
        var lines = IntStream.range(0, 1_500)
                .mapToObj(i -> """
                        {"specversion":"1.0","type":"menara.usage.reading.v1","source":"%s","id":"r-%d","subject":"%s","time":"2026-06-02T%02d:00:00Z","data":{"meter":"%s","value":"0.1","dimensions":{"model":"large"}}}
                        """.formatted(source(), i, contract, i % 24, meter))
                .collect(java.util.stream.Collectors.joining());
        var answer = as(menara.platform.security.Role.USAGE_REPORTER)
                .post("/api/billing/usage", "application/x-ndjson", lines)
                .expect(200);
        assertThat(answer.get("accepted").asInt()).isEqualTo(1_500);
        var accrued = accrued(contract, "2026-06").get("contracts").get(0).get("lines");
        assertThat(accrued.get(0).get("explanation").asString())
                .isEqualTo("100.000 M tokens × 2.00 MAD, tier from 0 (plan v1)");
        assertThat(accrued.get(1).get("explanation").asString())
                .isEqualTo("50.000 M tokens × 1.50 MAD, tier from 100 (plan v1)");
    }

    @Test
    void usage_that_no_charge_prices_is_a_leak() {
        var plan = "plan-" + UUID.randomUUID();
        as(BILLING_CLERK)
                .post(
                        "/api/billing/price-plans",
                        JSON,
                        "{\"plan\":\"%s\",\"currency\":\"MAD\",\"effectiveFrom\":\"2026-01-01T00:00:00Z\",\"prices\":[{\"meter\":\"rack-hour\",\"unitPrice\":\"4\"}]}"
                                .formatted(plan))
                .expect(201);
        var contract = as(BILLING_CLERK)
                .post("/api/billing/contracts", JSON, contract("atlas-ai", plan, "MAD", "2026-01-01T00:00:00Z", "UTC"))
                .expect(201)
                .get("contract")
                .asString();
        used(contract, "job-1", "2026-06-02T00:00:00Z", "2026-06-02T10:00:00Z");
        var leaks = as(FINANCE)
                .get("/api/billing/projections/revenue-leakage?month=2026-06")
                .expect(200)
                .get("items");
        assertThat(leaks.valueStream()
                        .filter(leak -> leak.get("contract").asString().equals(contract)))
                .singleElement()
                .satisfies(leak -> {
                    assertThat(leak.get("kind").asString()).isEqualTo("REACHED_NO_CHARGE");
                    assertThat(leak.get("detail").asString()).isEqualTo("10.000 GPU h, not priced in plan v1");
                });
    }

    private JsonNode story(String id) {
        return as(FINANCE)
                .get("/api/billing/usage/audit-trail?source=" + source() + "&id=" + id)
                .expect(200);
    }
}
