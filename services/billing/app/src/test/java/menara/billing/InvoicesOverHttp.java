package menara.billing;

import static menara.platform.security.Role.BILLING_APPROVER;
import static menara.platform.security.Role.BILLING_CLERK;

import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What clerks and approvers do with invoices. It is the middle of June; May is over and its grace too. */
abstract class InvoicesOverHttp extends BillingOverHttp {

    static final String INVOICES = "/api/billing/invoices";

    JsonNode issued(String contract, String month) {
        var draft = prepare(contract, month);
        approve("approver", draft).expect(200);
        return issue(draft.get("invoice").asString()).expect(200);
    }

    /** A note over all that is left. */
    static final String WHOLE = "{\"reason\":\"wrong\",\"kind\":\"correction\"}";

    static String partial(String amount) {
        return partial("correction", amount);
    }

    static String partial(String kind, String amount) {
        return "{\"reason\":\"wrong\",\"kind\":\"%s\",\"lines\":[{\"line\":1,\"amount\":{\"amount\":\"%s\",\"currency\":\"MAD\"}}]}"
                .formatted(kind, amount);
    }

    JsonNode prepare(String contract, String month) {
        return as(BILLING_CLERK)
                .named("clerk")
                .post(INVOICES, JSON, "{\"contract\":\"%s\",\"month\":\"%s\"}".formatted(contract, month))
                .expect(200);
    }

    Answer approve(String name, JsonNode draft) {
        return as(BILLING_APPROVER)
                .named(name)
                .post(
                        INVOICES + "/" + draft.get("invoice").asString() + "/approval",
                        JSON,
                        "{\"hash\":\"%s\"}".formatted(draft.get("hash").asString()));
    }

    Answer issue(String id) {
        return as(BILLING_CLERK).post(INVOICES + "/" + id + "/issue", JSON, "{}");
    }

    Answer credit(String name, String id, String body) {
        return as(BILLING_APPROVER).named(name).post(INVOICES + "/" + id + "/credit-notes", JSON, body);
    }

    void used(String contract, String id, String from, String until) {
        report(event(contract, id, from, until, 1_000));
    }

    String signInDirham(String tenant) {
        var plan = "plan-" + UUID.randomUUID();
        as(BILLING_CLERK)
                .post(
                        "/api/billing/price-plans",
                        JSON,
                        plan(plan, "MAD", "2026-01-01T00:00:00Z").replace("2.10", "21"))
                .expect(201);
        var body = contract(tenant, plan, "MAD", "2026-01-01T00:00:00Z", "UTC")
                .replaceFirst("\\{", "{\"terms\":{\"paymentDays\":30,\"buyer\":" + BUYER + "},");
        return as(BILLING_CLERK)
                .post("/api/billing/contracts", JSON, body)
                .expect(201)
                .get("contract")
                .asString();
    }

    static final String BUYER =
            "{\"name\":\"Atlas AI SA\",\"street\":\"12 rue Ibn Batouta\",\"postalCode\":\"20000\",\"city\":\"Casablanca\",\"country\":\"MA\",\"ice\":\"001234567000089\"}";
}
