package menara.billing;

import static menara.platform.security.Role.BILLING_APPROVER;
import static menara.platform.security.Role.BILLING_CLERK;
import static menara.platform.security.Role.FINANCE;
import static menara.platform.security.Role.USAGE_BACKFILL;
import static menara.platform.security.Role.USAGE_REPORTER;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Date;
import java.util.UUID;
import org.bson.Document;
import org.bson.conversions.Bson;
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

    /** Usage that comes later than anybody may report it by himself. */
    void backfilled(String contract, String id, String from, String until) {
        var answer = as(USAGE_REPORTER, USAGE_BACKFILL)
                .post(
                        "/api/billing/usage?backfill=true",
                        "application/cloudevents-batch+json",
                        "[" + event(contract, id, from, until, 1_000) + "]")
                .expect(200);
        assertThat(answer.get("accepted").asInt()).as(answer.toString()).isEqualTo(1);
    }

    /** Hours of one GPU on the 10th of a month. */
    void backfilled(String contract, String id, String month, int hours) {
        backfilled(contract, id, month + "-10T00:00:00Z", "%s-10T%02d:00:00Z".formatted(month, hours));
    }

    String net(JsonNode invoice) {
        return amount(invoice.get("content").get("net"));
    }

    JsonNode preview(String contract, String month) {
        return as(FINANCE)
                .get(INVOICES + "/preview?contract=" + contract + "&month=" + month)
                .expect(200);
    }

    /** As it is after a crash between the commit and the storing of the answer, some minutes ago. */
    static void loseAnswer(String key) {
        requests()
                .updateOne(
                        request(key),
                        Updates.combine(
                                Updates.unset("status"),
                                Updates.unset("answer"),
                                Updates.unset("location"),
                                Updates.unset("contentType"),
                                Updates.set("at", Date.from(CLOCK.instant().minusSeconds(120)))));
    }

    /** As if the request had never been noted. */
    static void forget(String key) {
        requests().deleteOne(request(key));
    }

    private static MongoCollection<Document> requests() {
        return running().bean(MongoDatabase.class).getCollection("idempotency");
    }

    private static Bson request(String key) {
        return requests().find().into(new ArrayList<>()).stream()
                .map(document -> document.getString("_id"))
                .filter(id -> id.endsWith("/" + key))
                .map(id -> Filters.eq("_id", id))
                .findFirst()
                .orElseThrow();
    }

    void used(String contract, String id, String from, String until) {
        report(event(contract, id, from, until, 1_000));
    }

    String signInDirham(String tenant) {
        return signInDirham(tenant, "2027-01-01T00:00:00Z");
    }

    String signInDirham(String tenant, String until) {
        var plan = "plan-" + UUID.randomUUID();
        as(BILLING_CLERK)
                .post(
                        "/api/billing/price-plans",
                        JSON,
                        plan(plan, "MAD", "2026-01-01T00:00:00Z").replace("2.10", "21"))
                .expect(201);
        var body = contract(tenant, plan, "MAD", "2026-01-01T00:00:00Z", "UTC")
                .replace("2027-01-01T00:00:00Z", until)
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
