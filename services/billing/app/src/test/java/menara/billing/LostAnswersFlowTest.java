package menara.billing;

import static menara.platform.security.Role.BILLING_APPROVER;
import static menara.platform.security.Role.BILLING_CLERK;
import static menara.platform.security.Role.FINANCE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import menara.testkit.LostAnswer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A process dies after it has committed and before it has answered; the caller, who knows nothing, asks again with the same key. */
class LostAnswersFlowTest extends InvoicesOverHttp {

    private static final String CONTRACTS = "/api/billing/contracts/";

    @Test
    void a_credit_note_whose_answer_was_lost_is_given_once() {
        var invoice = invoiceOfMay();
        var path = INVOICES + "/" + invoice + "/credit-notes";
        var credited = twice(
                key -> as(BILLING_APPROVER).named("approver").post(path, JSON, partial("concession", "50.00"), key));
        assertThat(credited.get("creditNotes")).hasSize(1);
        assertThat(twice(key -> as(BILLING_APPROVER).named("approver").post(path, JSON, WHOLE, key))
                        .get("creditNotes"))
                .hasSize(2);
    }

    @Test
    void even_if_nothing_is_left_of_the_request_its_note_is_given_once() {
        var invoice = invoiceOfMay();
        var path = INVOICES + "/" + invoice + "/credit-notes";
        var key = UUID.randomUUID().toString();
        var approver = as(BILLING_APPROVER).named("approver");
        var first =
                approver.post(path, JSON, partial("concession", "50.00"), key).expect(200);
        LostAnswer.withoutATrace(key, running());
        assertThat(approver.post(path, JSON, partial("concession", "50.00"), key)
                        .expect(200))
                .isEqualTo(first);
    }

    @Test
    void retries_that_come_back_all_at_once_give_one_note() {
        var invoice = invoiceOfMay();
        var key = UUID.randomUUID().toString();
        var approver = as(BILLING_APPROVER).named("approver");
        Function<Integer, Answer> ask = _ ->
                approver.post(INVOICES + "/" + invoice + "/credit-notes", JSON, partial("concession", "50.00"), key);
        ask.apply(0).expect(200);
        LostAnswer.to(key, running());
        var answers =
                IntStream.range(0, 8).boxed().toList().parallelStream().map(ask).toList();
        assertThat(answers).extracting(Answer::status).contains(200).isSubsetOf(200, 409);
        assertThat(as(FINANCE).get(INVOICES + "/" + invoice).expect(200).get("creditNotes"))
                .hasSize(1);
    }

    @Test
    void approval_issue_and_void_are_answered_again() {
        var contract = signInDirham("atlas-ai");
        used(contract, "job", "2026-05-20T00:00:00Z", "2026-05-20T10:00:00Z");
        var draft = prepare(contract, "2026-05");
        var path = INVOICES + "/" + draft.get("invoice").asString();
        var body = "{\"hash\":\"%s\"}".formatted(draft.get("hash").asString());
        twice(key -> as(BILLING_APPROVER).named("approver").post(path + "/approval", JSON, body, key));
        assertThat(as(BILLING_APPROVER)
                        .named("another")
                        .post(path + "/approval", JSON, body)
                        .problem(409))
                .as("somebody else's approval is no repetition")
                .isEqualTo("already-approved");
        twice(key -> as(BILLING_CLERK).named("clerk").post(path + "/issue", JSON, "{}", key));
        assertThat(as(BILLING_APPROVER)
                        .named("approver")
                        .post(path + "/approval", JSON, body)
                        .expect(200)
                        .get("state")
                        .asString())
                .isEqualTo("issued");

        var second = signInDirham("atlas-ai");
        used(second, "job-2", "2026-05-20T00:00:00Z", "2026-05-20T10:00:00Z");
        var other = prepare(second, "2026-05");
        approve("approver", other).expect(200);
        twice(key -> as(BILLING_CLERK)
                .named("clerk")
                .post(INVOICES + "/" + other.get("invoice").asString() + "/void", JSON, "{\"reason\":\"wrong\"}", key));
    }

    @Test
    void signature_amendment_renewal_and_termination_are_answered_again_and_made_once() {
        var plan = publishPlan("2026-01-01T00:00:00Z");
        var clerk = as(BILLING_CLERK).named("clerk");
        var signed = twice(key -> clerk.post(
                "/api/billing/contracts", JSON, contract("atlas-ai", plan, "USD", "2026-01-01T00:00:00Z", "UTC"), key));
        var path = CONTRACTS + signed.get("contract").asString();
        var amended = twice(key -> clerk.post(
                path + "/amendments",
                JSON,
                "{\"from\":\"2026-07-01T00:00:00Z\",\"plan\":\"%s\",\"buyer\":%s}".formatted(plan, BUYER),
                key));
        assertThat(amended.get("changes")).hasSize(2);
        var renewed = twice(key -> clerk.post(path + "/renewals", JSON, "{\"until\":\"2028-01-01T00:00:00Z\"}", key));
        assertThat(renewed.get("changes")).hasSize(3);
        var ended = twice(key -> clerk.post(
                path + "/termination", JSON, "{\"until\":\"2027-06-01T00:00:00Z\",\"reason\":\"moved\"}", key));
        assertThat(ended.get("changes")).hasSize(4);
        assertThat(as(FINANCE).get(path).expect(200)).isEqualTo(ended);
    }

    @Test
    void a_price_plan_and_its_next_version_are_answered_again_and_published_once() {
        var plan = "plan-" + UUID.randomUUID();
        var clerk = as(BILLING_CLERK).named("clerk");
        for (var from : List.of("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z")) {
            twice(key -> clerk.post("/api/billing/price-plans", JSON, plan(plan, "MAD", from), key));
        }
        assertThat(as(FINANCE)
                        .get("/api/billing/price-plans/" + plan)
                        .expect(200)
                        .get("versions"))
                .hasSize(2);
    }

    @Test
    void a_rate_and_its_approval_are_answered_again() {
        var rate = twice(key -> as(BILLING_CLERK)
                .named("clerk")
                .post(
                        "/api/billing/exchange-rates",
                        JSON,
                        "{\"base\":\"KRW\",\"quote\":\"MAD\",\"value\":\"0.0067\",\"date\":\"2026-06-01\",\"reason\":\"by"
                            + " telephone\"}",
                        key));
        twice(key -> as(BILLING_APPROVER)
                .named("approver")
                .post("/api/billing/exchange-rates/" + rate.get("rate").asString() + "/approval", JSON, "{}", key));
    }

    private String invoiceOfMay() {
        var contract = signInDirham("atlas-ai");
        used(contract, "job-" + UUID.randomUUID(), "2026-05-20T00:00:00Z", "2026-05-20T10:00:00Z");
        return issued(contract, "2026-05").get("invoice").asString();
    }

    /** Asks, loses the answer, lets two minutes pass and asks again with the same key; the answers must be the same. */
    private static JsonNode twice(Function<String, Answer> request) {
        var key = UUID.randomUUID().toString();
        var first = request.apply(key);
        assertThat(first.status()).as(first.body()).isBetween(200, 201);
        LostAnswer.to(key, running());
        var second = request.apply(key);
        assertThat(second).isEqualTo(first);
        return second.expect(first.status());
    }
}
