package menara.billing.metering;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Updates.pushEach;
import static com.mongodb.client.model.Updates.setOnInsert;
import static java.util.Objects.requireNonNull;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.PushOptions;
import com.mongodb.client.model.UpdateOptions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.springframework.stereotype.Component;

/** What was refused and why, by the event's identity, so that a producer can ask about any event it sent. */
@Component
class UsageRefusals {

    /** Refusals kept for one event, the first ones; a producer that sends more is broken, and these show how. */
    static final int MAX_KEPT = 20;

    private final MongoCollection<Document> refusals;

    UsageRefusals(MongoDatabase database) {
        this.refusals = database.getCollection("usage_refusals");
    }

    /**
     * @param outcome rejected or conflict
     * @param field what is wrong with it
     * @param detail how to mend it
     * @param content what was refused, as it was sent
     */
    record Refusal(String outcome, String field, String detail, String content, Instant receivedAt) {}

    /**
     * Lists a refusal, each different content once.
     *
     * @param party whose event it is, or who sent it if it is nobody's
     */
    void add(String party, UsageKey key, Refusal refusal) {
        var id = key.of(party).toString();
        var document = new Document("outcome", refusal.outcome())
                .append("field", refusal.field())
                .append("detail", refusal.detail())
                .append("content", refusal.content())
                .append("at", refusal.receivedAt().toEpochMilli());
        try {
            refusals.updateOne(
                    eq("_id", id),
                    com.mongodb.client.model.Updates.combine(
                            setOnInsert("party", party),
                            setOnInsert("source", key.source()),
                            setOnInsert("id", key.id())),
                    new UpdateOptions().upsert(true));
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
        }
        refusals.updateOne(
                and(eq("_id", id), ne("refused.content", refusal.content())),
                pushEach("refused", List.of(document), new PushOptions().slice(MAX_KEPT)));
    }

    /** By party, those of each under the same name. */
    Map<String, List<Refusal>> of(Set<String> parties, UsageKey key) {
        var byId =
                parties.stream().collect(Collectors.toMap(party -> key.of(party).toString(), party -> party));
        var found = new HashMap<String, List<Refusal>>();
        refusals.find(in("_id", byId.keySet()))
                .forEach(
                        document -> found.put(requireNonNull(byId.get(document.getString("_id"))), refusals(document)));
        return found;
    }

    private static List<Refusal> refusals(Document document) {
        return document.getList("refused", Document.class, List.of()).stream()
                .map(refused -> new Refusal(
                        refused.getString("outcome"),
                        refused.getString("field"),
                        refused.getString("detail"),
                        refused.getString("content"),
                        Instant.ofEpochMilli(refused.getLong("at"))))
                .toList();
    }
}
