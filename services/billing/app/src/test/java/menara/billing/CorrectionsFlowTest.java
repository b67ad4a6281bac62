package menara.billing;

import static menara.platform.security.Role.BILLING_CLERK;
import static menara.platform.security.Role.FINANCE;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import menara.platform.security.Role;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What comes late, is corrected or let off is asked for once, whatever the order. A GPU hour costs 21 dirham. */
class CorrectionsFlowTest extends InvoicesOverHttp {

    private static final int RACES = 10;

    @Test
    void a_month_that_is_invoiced_anew_does_not_ask_again_for_what_a_later_invoice_asks_for() {
        var contract = signInDirham("atlas-ai");
        backfilled(contract, "job", "2026-04", 10);
        var april = issued(contract, "2026-04");
        backfilled(contract, "late", "2026-04", 1);
        assertThat(net(issued(contract, "2026-05"))).isEqualTo("21.00 MAD");

        credit("approver", april.get("invoice").asString(), WHOLE).expect(200);
        var again = prepare(contract, "2026-04");
        assertThat(net(again)).as("231.00 less the 21.00 on May's invoice").isEqualTo("210.00 MAD");
        approve("approver", again).expect(200);
        assertThat(preview(contract, "2026-06").get("content").get("lines")).isEmpty();
    }

    @Test
    void of_two_drafts_with_the_same_late_usage_approved_at_once_one_is_refused() {
        for (int race = 0; race < RACES; race++) {
            var contract = signInDirham("atlas-ai");
            backfilled(contract, "march-" + race, "2026-03", 10);
            backfilled(contract, "april-" + race, "2026-04", 2);
            backfilled(contract, "may-" + race, "2026-05", 3);
            issued(contract, "2026-03");
            backfilled(contract, "late-" + race, "2026-03", 11);
            var drafts = List.of(prepare(contract, "2026-04"), prepare(contract, "2026-05"));
            assertThat(drafts).extracting(this::net).containsExactly("273.00 MAD", "294.00 MAD");

            var answers = drafts.parallelStream()
                    .map(draft -> approve("approver", draft))
                    .toList();
            assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 409);
            var refused = answers.get(0).status() == 409 ? 0 : 1;
            assertThat(answers.get(refused).problem(409)).isEqualTo("draft-changed");
            var month = refused == 0 ? "2026-04" : "2026-05";
            assertThat(net(prepare(contract, month)))
                    .as("without the late usage of March")
                    .isEqualTo(refused == 0 ? "42.00 MAD" : "63.00 MAD");
        }
    }

    @Test
    void a_concession_is_not_asked_for_again_and_a_correction_is_decided_anew() {
        var contract = signInDirham("atlas-ai");
        used(contract, "job", "2026-05-20T00:00:00Z", "2026-05-20T10:00:00Z");
        var may = issued(contract, "2026-05").get("invoice").asString();
        credit("approver", may, partial("concession", "50.00")).expect(200);
        assertThat(preview(contract, "2026-06").get("content").get("lines")).isEmpty();

        var corrected = credit("approver", may, partial("correction", "21.00")).expect(200);
        assertThat(corrected.get("creditNotes").get(1).get("kind").asString()).isEqualTo("correction");
        assertThat(net(preview(contract, "2026-06"))).isEqualTo("21.00 MAD");

        credit("approver", may, WHOLE).expect(200);
        assertThat(net(prepare(contract, "2026-05")))
                .as("210.00 less the 50.00 that were let off")
                .isEqualTo("160.00 MAD");
    }

    @Test
    void what_was_let_off_is_not_given_back_again_when_the_month_is_found_smaller() {
        var contract = signInDirham("atlas-ai");
        backfilled(contract, "job", "2026-04", 10);
        backfilled(contract, "may", "2026-05", 20);
        var april = issued(contract, "2026-04").get("invoice").asString();
        credit("approver", april, partial("concession", "105.00")).expect(200);
        corrected(contract, "job", "2026-04", 2);

        var may = prepare(contract, "2026-05");
        assertThat(net(may))
                .as("420.00 less the 105.00 of April that were not let off")
                .isEqualTo("315.00 MAD");
        approve("approver", may).expect(200);
        issue(may.get("invoice").asString()).expect(200);
        var accrued = accrued(contract, "2026-04").get("contracts").get(0);
        assertThat(amount(accrued.get("concessions"))).isEqualTo("42.00 MAD");
        assertThat(amount(accrued.get("accrued"))).isEqualTo("0.00 MAD");
        assertThat(amount(accrued.get("invoiced"))).isEqualTo("0.00 MAD");
        assertThat(rows(contract, "2026-04")).isEqualByComparingTo("0");

        corrected(contract, "job-fix", "2026-04", 6);
        assertThat(net(preview(contract, "2026-06")))
                .as("126.00 less the 105.00 that were let off")
                .isEqualTo("21.00 MAD");
    }

    /** What the rows of the table add up to. */
    private BigDecimal rows(String contract, String month) {
        return as(FINANCE)
                .get(accruedPath(contract, month), "text/csv")
                .expectText(200)
                .lines()
                .skip(1)
                .map(line -> new BigDecimal(line.split(",", -1)[10]))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Another number of hours takes the place of what was reported. */
    private void corrected(String contract, String id, String month, int hours) {
        var other = event(
                        contract,
                        id + "-fix",
                        month + "-10T00:00:00Z",
                        "%s-10T%02d:00:00Z".formatted(month, hours),
                        1_000)
                .replace("\"milliGpus\"", "\"supersedes\":\"%s\",\"milliGpus\"".formatted(id));
        as(Role.USAGE_REPORTER, Role.USAGE_BACKFILL)
                .post("/api/billing/usage?backfill=true", "application/cloudevents-batch+json", "[" + other + "]")
                .expect(200);
    }

    @Test
    void a_note_that_does_not_say_why_it_is_given_is_refused() {
        var contract = signInDirham("atlas-ai");
        used(contract, "job", "2026-05-20T00:00:00Z", "2026-05-20T10:00:00Z");
        var may = issued(contract, "2026-05").get("invoice").asString();
        assertThat(credit("approver", may, "{\"reason\":\"wrong\"}").problem(400))
                .isEqualTo("kind");
        assertThat(credit("approver", may, "{\"reason\":\"wrong\",\"kind\":\"gift\"}")
                        .problem(400))
                .isEqualTo("kind");
    }

    @Test
    void a_note_that_names_no_line_is_refused_and_one_over_more_than_the_invoice_too() {
        var contract = signInDirham("atlas-ai");
        used(contract, "job", "2026-05-20T00:00:00Z", "2026-05-20T10:00:00Z");
        var may = issued(contract, "2026-05").get("invoice").asString();
        assertThat(credit("approver", may, "{\"reason\":\"wrong\",\"kind\":\"correction\",\"lines\":[]}")
                        .problem(400))
                .isEqualTo("lines");
        assertThat(credit("approver", may, partial("correction", "210.01")).problem(409))
                .isEqualTo("credit-beyond-the-line");
    }

    @Test
    void an_invoice_let_off_as_a_whole_is_not_invoiced_anew_and_late_usage_joins_the_next() {
        var contract = signInDirham("atlas-ai");
        used(contract, "job", "2026-05-20T00:00:00Z", "2026-05-20T10:00:00Z");
        var may = issued(contract, "2026-05").get("invoice").asString();
        var credited = credit("approver", may, "{\"reason\":\"goodwill\",\"kind\":\"concession\"}")
                .expect(200);
        assertThat(credited.get("state").asString()).isEqualTo("credited");
        used(contract, "late", "2026-05-21T00:00:00Z", "2026-05-21T01:00:00Z");
        assertThat(as(BILLING_CLERK)
                        .post(INVOICES, JSON, "{\"contract\":\"%s\",\"month\":\"2026-05\"}".formatted(contract))
                        .problem(409))
                .isEqualTo("month-is-invoiced");
        assertThat(net(preview(contract, "2026-06"))).isEqualTo("21.00 MAD");
    }

    @Test
    void what_comes_after_the_last_invoice_of_a_contract_has_a_draft_of_its_own() {
        var contract = signInDirham("atlas-ai", "2026-05-01T00:00:00Z");
        backfilled(contract, "job", "2026-04", 10);
        issued(contract, "2026-04");
        assertThat(closingDrafts(contract)).as("nothing came late").isEmpty();

        backfilled(contract, "late", "2026-04", 2);
        var draft = closingDrafts(contract).getFirst();
        assertThat(net(draft)).isEqualTo("42.00 MAD");
        approve("approver", draft).expect(200);
        assertThat(issue(draft.get("invoice").asString())
                        .expect(200)
                        .get("number")
                        .asString())
                .startsWith("MNR-2026-INV-");
        assertThat(closingDrafts(contract)).as("asked for").isEmpty();
    }

    @Test
    void a_draft_that_was_prepared_to_look_further_back_does_so_also_after_a_bill_run() {
        var contract = signInDirham("atlas-ai", "2026-05-01T00:00:00Z");
        backfilled(contract, "job", "2026-01", 10);
        issued(contract, "2026-01");
        backfilled(contract, "very-late", "2026-01", 3);
        assertThat(closingDrafts(contract)).as("February and later only").isEmpty();

        var draft = as(BILLING_CLERK)
                .named("clerk")
                .post(
                        INVOICES,
                        JSON,
                        "{\"contract\":\"%s\",\"month\":\"2026-05\",\"since\":\"2026-01\"}".formatted(contract))
                .expect(200);
        assertThat(net(draft)).isEqualTo("63.00 MAD");
        backfilled(contract, "later-still", "2026-01-11T00:00:00Z", "2026-01-11T01:00:00Z");
        var again = closingDrafts(contract).getFirst();
        assertThat(net(again)).isEqualTo("84.00 MAD");
        approve("approver", again).expect(200);
    }

    @Test
    void what_was_asked_for_too_much_after_the_end_is_told_at_approval_and_settled_by_a_correction() {
        var contract = signInDirham("atlas-ai", "2026-05-01T00:00:00Z");
        backfilled(contract, "job", "2026-04", 10);
        var april = issued(contract, "2026-04").get("invoice").asString();
        corrected(contract, "job", "2026-04", 8);
        var draft = closingDrafts(contract).getFirst();
        assertThat(net(draft)).isEqualTo("-42.00 MAD");
        var refusal = approve("approver", draft);
        assertThat(refusal.problem(409)).isEqualTo("invoice-below-zero");
        assertThat(refusal.body())
                .as("what a note is to give back, without VAT as its lines are")
                .contains("comes to -42.00 MAD (2026-04 -42.00 MAD)", "/credit-notes");
        var note = credit("approver", april, partial("correction", "42.00"))
                .expect(200)
                .at("/creditNotes/0/number")
                .asString();
        for (var form : List.of("ubl", "pdf?language=fr")) {
            as(FINANCE)
                    .get(INVOICES + "/" + april + "/credit-notes/" + note + "/" + form, "*/*")
                    .expectText(200);
        }
        assertThat(amount(accrued(contract, "2026-04").get("contracts").get(0).get("unbilled")))
                .isEqualTo("0.00 MAD");
        assertThat(closingDrafts(contract)).isEmpty();
        assertThat(net(prepare(contract, "2026-05"))).isEqualTo("0.00 MAD");
        assertThat(approve("approver", prepare(contract, "2026-05")).problem(409))
                .isEqualTo("nothing-to-invoice");
    }

    @Test
    void what_no_draft_looks_back_to_any_more_is_a_leak_until_a_draft_that_does_is_approved() {
        var contract = signInDirham("atlas-ai");
        backfilled(contract, "job", "2026-02", 10);
        issued(contract, "2026-02");
        assertThat(leaks(contract)).isEmpty();
        backfilled(contract, "very-late", "2026-02", 3);
        assertThat(leaks(contract))
                .singleElement()
                .satisfies(leak -> assertThat(leak.get("detail").asString())
                        .isEqualTo("273.00 MAD accrued, 210.00 MAD asked for; prepare a draft with since=2026-02"));
        backfilled(contract, "may", "2026-05", 1);
        var draft = as(BILLING_CLERK)
                .named("clerk")
                .post(
                        INVOICES,
                        JSON,
                        "{\"contract\":\"%s\",\"month\":\"2026-05\",\"since\":\"2026-01\"}".formatted(contract))
                .expect(200);
        assertThat(net(draft)).isEqualTo("84.00 MAD");
        approve("approver", draft).expect(200);
        assertThat(leaks(contract)).isEmpty();
    }

    private List<JsonNode> leaks(String contract) {
        return as(FINANCE)
                .get("/api/billing/projections/revenue-leakage?month=2026-02")
                .expect(200)
                .get("items")
                .valueStream()
                .filter(leak -> leak.get("contract").asString().equals(contract)
                        && leak.get("kind").asString().equals("ACCRUED_NOT_INVOICED"))
                .toList();
    }

    /** What the run of the month after the term makes. */
    private List<JsonNode> closingDrafts(String contract) {
        as(BILLING_CLERK)
                .named("clerk")
                .post("/api/billing/bill-runs", JSON, "{\"month\":\"2026-05\"}")
                .expect(202);
        // By itself: a second hand at the same run could clear away what is prepared after this.
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> as(BILLING_CLERK)
                        .get("/api/billing/bill-runs/2026-05")
                        .expect(200)
                        .get("state")
                        .asString()
                        .equals("finished"));
        return as(FINANCE)
                .get(INVOICES + "?state=draft&month=2026-05&contract=" + contract)
                .expect(200)
                .get("items")
                .valueStream()
                .toList();
    }
}
