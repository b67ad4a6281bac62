package menara.billing;

import static menara.platform.security.Role.BILLING_APPROVER;
import static menara.platform.security.Role.BILLING_CLERK;
import static menara.platform.security.Role.FINANCE;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import menara.platform.security.Role;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What cannot be issued is said when it is to be approved, and how to mend it; then it can be. */
class ApprovalFlowTest extends InvoicesOverHttp {

    private static final String RATES = "/api/billing/exchange-rates";

    @Test
    void an_empty_draft_cannot_be_approved() {
        var contract = signInDirham("atlas-ai");
        var draft = prepare(contract, "2026-05");
        assertThat(draft.get("content").get("lines")).isEmpty();
        assertThat(approve("approver", draft).problem(409)).isEqualTo("nothing-to-invoice");
    }

    @Test
    void a_draft_is_of_a_month_that_has_begun_and_lies_in_the_contract() {
        var contract = signInDirham("atlas-ai");
        for (var month : List.of("2026-07", "+900000000-01", "2025-12")) {
            assertThat(as(BILLING_CLERK)
                            .post(
                                    INVOICES,
                                    JSON,
                                    "{\"contract\":\"%s\",\"month\":\"%s\",\"since\":\"2026-01\"}"
                                            .formatted(contract, month))
                            .problem(400))
                    .as(month)
                    .isEqualTo("month");
        }
    }

    @Test
    void a_preview_of_the_past_says_what_was_agreed_then() {
        var contract = signInDirham("atlas-ai");
        used(contract, "job", "2026-05-20T00:00:00Z", "2026-05-20T10:00:00Z");
        var before = now();
        passMinutes(1);
        as(BILLING_CLERK)
                .post(
                        "/api/billing/contracts/" + contract + "/amendments",
                        JSON,
                        "{\"buyer\":" + BUYER.replace("Atlas AI SA", "Atlas Holding SA") + "}")
                .expect(200);
        var path = INVOICES + "/preview?contract=" + contract + "&month=2026-05";
        assertThat(as(FINANCE).get(path).expect(200).at("/content/buyer/name").asString())
                .isEqualTo("Atlas Holding SA");
        assertThat(as(FINANCE)
                        .get(path + "&asOf=" + before)
                        .expect(200)
                        .at("/content/buyer/name")
                        .asString())
                .isEqualTo("Atlas AI SA");
    }

    @Test
    void a_contract_without_a_buyer_gets_one_by_an_amendment_also_for_the_months_before() {
        var contract = sign("MAD", "");
        used(contract, "job", "2026-05-20T00:00:00Z", "2026-05-20T10:00:00Z");
        var draft = prepare(contract, "2026-05");
        var refusal = approve("approver", draft);
        assertThat(refusal.problem(409)).isEqualTo("no-buyer");
        assertThat(refusal.body()).contains("/api/billing/contracts/" + contract + "/amendments");

        var path = "/api/billing/contracts/" + contract + "/amendments";
        assertThat(as(BILLING_CLERK).post(path, JSON, "{}").problem(400)).isEqualTo("from");
        assertThat(as(BILLING_CLERK)
                        .post(path, JSON, "{\"from\":\"2026-07-01T00:00:00Z\",\"buyer\":" + BUYER + "}")
                        .problem(400))
                .isEqualTo("plan");
        assertThat(as(BILLING_CLERK)
                        .post(path, JSON, "{\"buyer\":" + BUYER + "}")
                        .expect(200)
                        .at("/terms/buyer/name")
                        .asString())
                .isEqualTo("Atlas AI SA");
        var addressed = prepare(contract, "2026-05");
        approve("approver", addressed).expect(200);
        assertThat(issue(addressed.get("invoice").asString())
                        .expect(200)
                        .at("/content/buyer/city")
                        .asString())
                .isEqualTo("Casablanca");
    }

    @Test
    void a_name_that_cannot_be_printed_is_refused_and_an_arabic_one_is_printed() {
        var contract = sign("MAD", BUYER.replace("Atlas AI SA", "Atlas \uD83D\uDE80 SA"));
        used(contract, "job", "2026-05-20T00:00:00Z", "2026-05-20T10:00:00Z");
        var refusal = approve("approver", prepare(contract, "2026-05"));
        assertThat(refusal.problem(409)).isEqualTo("text-cannot-be-printed");
        assertThat(refusal.body()).contains("buyer.name has the character", "U+1F680");

        as(BILLING_CLERK)
                .post(
                        "/api/billing/contracts/" + contract + "/amendments",
                        JSON,
                        "{\"buyer\":" + BUYER.replace("Atlas AI SA", "شركة الأطلس") + "}")
                .expect(200);
        var draft = prepare(contract, "2026-05");
        approve("approver", draft).expect(200);
        var path = INVOICES + "/" + draft.get("invoice").asString();
        issue(draft.get("invoice").asString()).expect(200);
        assertThat(as(FINANCE).get(path + "/pdf?language=fr", "application/pdf").expectText(200))
                .startsWith("%PDF-");
        assertThat(as(FINANCE).get(path + "/ubl", "application/xml").expectText(200))
                .contains("شركة الأطلس");
        var note = credit("approver", draft.get("invoice").asString(), WHOLE)
                .expect(200)
                .at("/creditNotes/0/number")
                .asString();
        assertThat(as(FINANCE)
                        .get(path + "/credit-notes/" + note + "/pdf?language=en", "application/pdf")
                        .expectText(200))
                .startsWith("%PDF-");
    }

    @Test
    void a_credit_note_that_could_not_be_printed_takes_no_number() {
        var contract = signInDirham("atlas-ai");
        used(contract, "job", "2026-05-20T00:00:00Z", "2026-05-20T10:00:00Z");
        var invoice = issued(contract, "2026-05").get("invoice").asString();
        var stored = running().bean(MongoDatabase.class).getCollection("invoices");
        var id = new Document("_id", invoice);
        var content = Objects.requireNonNull(stored.find(id).first()).getString("content");
        // As if it had been issued when the fonts still had the character.
        stored.updateOne(id, content(content.replace("Atlas AI SA", "Atlas \uD83D\uDE80 SA")));
        assertThat(credit("approver", invoice, WHOLE).problem(409)).isEqualTo("text-cannot-be-printed");
        stored.updateOne(id, content(content));
        assertThat(credit("approver", invoice, WHOLE).expect(200).get("creditNotes"))
                .hasSize(1);
    }

    private static Document content(String json) {
        return new Document("$set", new Document("content", json));
    }

    @Test
    void an_invoice_in_a_foreign_currency_waits_for_a_rate_that_two_people_enter_and_takes_that_of_its_issue() {
        var contract = sign("EUR", BUYER);
        used(contract, "job", "2026-05-20T00:00:00Z", "2026-05-20T10:00:00Z");
        var draft = prepare(contract, "2026-05");
        var refusal = approve("approver", draft);
        assertThat(refusal.problem(409)).isEqualTo("no-exchange-rate");
        assertThat(refusal.body()).contains("POST " + RATES);

        var first = propose("EUR", "10.70");
        assertThat(approve("approver", draft).problem(409))
                .as("nobody agreed to it")
                .isEqualTo("no-exchange-rate");
        assertThat(approveRate("clerk", first).problem(409)).isEqualTo("four-eyes");
        approveRate("approver", first).expect(200);
        var approved = approve("approver", draft).expect(200);
        assertThat(amount(approved.at("/content/madVat"))).isEqualTo("449.40 MAD");

        approveRate("approver", propose("EUR", "10.80")).expect(200);
        var issued = issue(draft.get("invoice").asString()).expect(200);
        assertThat(amount(issued.at("/content/madVat"))).isEqualTo("453.60 MAD");
        var line = issued.at("/content/lines/0");
        assertThat(line.get("rate").asString()).isEqualTo("10.80");
        assertThat(line.get("rateSource").asString()).isEqualTo("manual");
        assertThat(amount(line.get("madNet"))).isEqualTo("2268.00 MAD");
        assertThat(issued.get("hash")).as("what was approved was issued").isEqualTo(approved.get("hash"));

        approveRate("approver", propose("EUR", "99")).expect(200);
        var credited =
                credit("approver", issued.get("invoice").asString(), WHOLE).expect(200);
        assertThat(amount(credited.at("/creditNotes/0/content/madTotal")))
                .as("taken back at the rate it was asked for")
                .isEqualTo("-2721.60 MAD");
    }

    @Test
    void entered_rates_show_both_names_and_the_corrected_ones_too() {
        var wrong = propose("CHF", "1.13");
        approveRate("approver", wrong).expect(200);
        var right = propose("CHF", "11.3");
        approveRate("approver", right).expect(200);
        var entries = as(FINANCE).get(RATES + "?base=CHF").expect(200).get("items");
        assertThat(entries.valueStream().map(entry -> entry.get("value").asString()))
                .containsExactlyInAnyOrder("1.13", "11.3");
        assertThat(entries.get(0).get("proposedBy").asString())
                .isNotEqualTo(entries.get(0).get("approvedBy").asString());
        var inForce = as(FINANCE).get(RATES + "/in-force?base=CHF&quote=MAD").expect(200);
        assertThat(inForce.get("value").asString()).isEqualTo("11.3");
        assertThat(inForce.get("source").asString()).isEqualTo("manual");
        assertThat(as(FINANCE).get(RATES + "/in-force?base=JPY&quote=MAD").status())
                .isEqualTo(404);
        assertThat(as(FINANCE).get(RATES + "?cursor=nowhere").problem(400)).isEqualTo("cursor");
        assertThat(entry("USD", "-1", "2026-06-15").problem(400)).isEqualTo("value");
        assertThat(entry("USD", "1E+9", "2026-06-15").problem(400)).isEqualTo("value");
        assertThat(entry("USD", "0.00000000001", "2026-06-15").problem(400)).isEqualTo("value");
        assertThat(entry("USD", "1", "2036-06-15").problem(400)).isEqualTo("date");
        assertThat(entry("MAD", "1", "2026-06-15").problem(400)).isEqualTo("quote");
    }

    @Test
    void drafts_and_invoices_are_found_by_state_month_and_contract() {
        var contract = signInDirham("atlas-ai");
        var used = UUID.randomUUID();
        backfilled(contract, "a" + used, "2026-04", 2);
        backfilled(contract, "b" + used, "2026-05", 3);
        var april = issued(contract, "2026-04").get("invoice").asString();
        var may = prepare(contract, "2026-05").get("invoice").asString();
        assertThat(found(contract, "")).containsExactlyInAnyOrder(april, may);
        assertThat(found(contract, "&state=draft")).containsExactly(may);
        assertThat(found(contract, "&state=issued")).containsExactly(april);
        assertThat(found(contract, "&state=credited")).isEmpty();
        assertThat(found(contract, "&month=2026-04")).containsExactly(april);
        assertThat(found(contract, "&from=2026-05-01")).containsExactly(may);
        assertThat(found(contract, "&until=2026-05-01")).containsExactly(april);
        assertThat(found(contract, "&from=2026-04-30&until=2026-05-02")).hasSize(2);
        assertThat(as(FINANCE).get(INVOICES + "?state=open").problem(400)).isEqualTo("state");
        assertThat(as(FINANCE)
                        .get(INVOICES + "?from=2026-05-02&until=2026-05-02")
                        .problem(400))
                .isEqualTo("until");
        var first = as(FINANCE).get(INVOICES + "?limit=1&contract=" + contract).expect(200);
        var second = as(FINANCE)
                .get(INVOICES + "?limit=1&contract=" + contract + "&cursor="
                        + first.get("next").asString())
                .expect(200);
        assertThat(first.at("/items/0/invoice")).isNotEqualTo(second.at("/items/0/invoice"));
        assertThat(second.has("next") && !second.get("next").isNull()).isFalse();
    }

    @Test
    void every_state_is_found_page_by_page_and_a_draft_left_over_from_its_approval_is_not() {
        var contract = signInDirham("atlas-ai");
        for (var month : List.of("2026-02", "2026-03", "2026-04", "2026-05")) {
            backfilled(contract, "job-" + month, month, 2);
        }
        var credited = issued(contract, "2026-02").get("invoice").asString();
        credit("approver", credited, WHOLE).expect(200);
        var march = prepare(contract, "2026-03");
        approve("approver", march).expect(200);
        var april = prepare(contract, "2026-04");
        approve("approver", april).expect(200);
        as(BILLING_CLERK)
                .post(INVOICES + "/" + april.get("invoice").asString() + "/void", JSON, "{\"reason\":\"wrong\"}")
                .expect(200);
        var drafts = running().bean(MongoDatabase.class).getCollection("invoice_drafts");
        var may = prepare(contract, "2026-05");
        var left = Objects.requireNonNull(
                drafts.find(new Document("_id", may.get("invoice").asString())).first());
        approve("approver", may).expect(200);
        drafts.insertOne(left);
        var anew = prepare(contract, "2026-04").get("invoice").asString();

        assertThat(found(contract, "&state=credited")).containsExactly(credited);
        assertThat(found(contract, "&state=approved"))
                .containsExactlyInAnyOrder(
                        march.get("invoice").asString(), may.get("invoice").asString());
        assertThat(found(contract, "&state=void"))
                .containsExactly(april.get("invoice").asString());
        assertThat(found(contract, "&state=draft")).containsExactly(anew);
        assertThat(found(contract, "&from=2199-12-31")).isEmpty();
        assertThat(found(contract, "&until=2199-12-31")).hasSize(5);
        var all = found(contract, "");
        assertThat(all).hasSize(5).isSorted().doesNotHaveDuplicates();
        var cursor = "";
        for (var one : all) {
            assertThat(found(contract, "&limit=1" + cursor)).containsExactly(one);
            cursor = "&cursor=" + one;
        }
        assertThat(as(Role.TENANT).of("rif-cloud").get(INVOICES).expect(200).toString())
                .doesNotContain(contract);
    }

    private List<String> found(String contract, String filter) {
        return as(FINANCE)
                .get(INVOICES + "?contract=" + contract + filter)
                .expect(200)
                .get("items")
                .valueStream()
                .map(item -> item.get("invoice").asString())
                .toList();
    }

    private String propose(String currency, String value) {
        return entry(currency, value, now().toString().substring(0, 10))
                .expect(201)
                .get("rate")
                .asString();
    }

    private Answer entry(String currency, String value, String date) {
        return as(BILLING_CLERK)
                .named("clerk")
                .post(
                        RATES,
                        JSON,
                        "{\"base\":\"%s\",\"quote\":\"MAD\",\"value\":\"%s\",\"date\":\"%s\",\"reason\":\"read on the publisher's page\"}"
                                .formatted(currency, value, date));
    }

    private Answer approveRate(String name, String rate) {
        return as(BILLING_APPROVER).named(name).post(RATES + "/" + rate + "/approval", JSON, "{}");
    }

    private String sign(String currency, String buyer) {
        var plan = "plan-" + UUID.randomUUID();
        as(BILLING_CLERK)
                .post(
                        "/api/billing/price-plans",
                        JSON,
                        plan(plan, currency, "2026-01-01T00:00:00Z").replace("2.10", "21"))
                .expect(201);
        var body = contract("atlas-ai", plan, currency, "2026-01-01T00:00:00Z", "UTC");
        JsonNode signed = as(BILLING_CLERK)
                .post(
                        "/api/billing/contracts",
                        JSON,
                        buyer.isEmpty()
                                ? body
                                : body.replaceFirst("\\{", "{\"terms\":{\"paymentDays\":30,\"buyer\":" + buyer + "},"))
                .expect(201);
        return signed.get("contract").asString();
    }
}
