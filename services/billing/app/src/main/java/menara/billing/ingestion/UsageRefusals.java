package menara.billing.ingestion;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.pushEach;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.setOnInsert;
import static java.util.Objects.requireNonNull;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteUpsert;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.PushOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import menara.billing.usage.events.UsageKey;
import org.bson.Document;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Refused events and the reasons, by the event's identity, so that a producer can ask about any event it sent. The answer to the request
 * said so already; this is for later questions, so refusals are kept for a limited time and up to a limited number.
 */
@Component
public class UsageRefusals {

    /** Refusals kept for one event, the first ones; a producer that sends more is broken, and the first ones show how. */
    static final int MAX_KEPT = 20;

    /** Most events of one party whose refusals are kept; further refusals stand in the answers only. */
    static final int MAX_EVENTS_OF_PARTY = 10_000;

    /** How long after its last refusal an event can be asked about: until after its month is invoiced and disputed. */
    static final Duration KEPT_FOR = Duration.ofDays(100);

    private final MongoCollection<Document> refusals;
    private final int maxEventsOfParty;

    /** How many events of each party are kept, as far as this instance knows since {@link #forget}. */
    private final Map<String, Integer> events = new ConcurrentHashMap<>();

    @Autowired
    UsageRefusals(MongoDatabase database) {
        this(database, MAX_EVENTS_OF_PARTY);
    }

    UsageRefusals(MongoDatabase database, int maxEventsOfParty) {
        this.refusals = database.getCollection("usage_refusals");
        this.maxEventsOfParty = maxEventsOfParty;
        refusals.createIndex(Indexes.ascending("party"));
        refusals.createIndex(Indexes.ascending("at"));
    }

    /**
     * @param outcome rejected or conflict
     * @param field what is wrong with it
     * @param detail how to mend it
     * @param content what was refused, as it was sent
     */
    public record Refusal(String outcome, String field, String detail, String content, Instant receivedAt) {}

    /** @param party owner of the event, or its sender if it belongs to no party */
    record Refused(String party, UsageKey key, Refusal refusal) {

        String id() {
            return key.of(party).toString();
        }
    }

    /** Stores refusals, each different content once. */
    void add(List<Refused> refused) {
        var kept = refused.stream().filter(this::hasRoom).toList();
        if (kept.isEmpty()) {
            return;
        }
        // An event that is sent again and again takes one place.
        for (var fresh : write(kept.stream().map(UsageRefusals::identity).toList())) {
            events.computeIfPresent(kept.get(fresh.getIndex()).party(), (_, count) -> count + 1);
        }
        write(kept.stream().map(UsageRefusals::refusal).toList());
    }

    private boolean hasRoom(Refused one) {
        int count = events.computeIfAbsent(
                one.party(), party -> Math.toIntExact(refusals.countDocuments(eq("party", party))));
        return count < maxEventsOfParty;
    }

    private static WriteModel<Document> identity(Refused one) {
        return new UpdateOneModel<>(
                eq("_id", one.id()),
                combine(
                        setOnInsert("party", one.party()),
                        setOnInsert("source", one.key().source()),
                        setOnInsert("id", one.key().id()),
                        set("at", one.refusal().receivedAt().toEpochMilli())),
                new UpdateOptions().upsert(true));
    }

    private static WriteModel<Document> refusal(Refused one) {
        var refusal = one.refusal();
        var document = new Document("outcome", refusal.outcome())
                .append("field", refusal.field())
                .append("detail", refusal.detail())
                .append("content", refusal.content())
                .append("at", refusal.receivedAt().toEpochMilli());
        return new UpdateOneModel<>(
                and(eq("_id", one.id()), ne("refused.content", refusal.content())),
                pushEach("refused", List.of(document), new PushOptions().slice(MAX_KEPT)));
    }

    /** @return the documents that are new */
    private List<BulkWriteUpsert> write(List<WriteModel<Document>> writes) {
        try {
            return refusals.bulkWrite(writes, new BulkWriteOptions().ordered(false))
                    .getUpserts();
        } catch (MongoBulkWriteException e) {
            // Two requests refuse the same event for the first time at once: one of them has inserted its document.
            if (!e.getWriteErrors().stream().allMatch(error -> error.getCategory() == ErrorCategory.DUPLICATE_KEY)) {
                throw e;
            }
            return e.getWriteResult().getUpserts();
        }
    }

    /** Deletes refusals that have expired. */
    void forget(Instant now) {
        refusals.deleteMany(lt("at", now.minus(KEPT_FOR).toEpochMilli()));
        events.clear();
    }

    /** By party, those of each under the same name. */
    public Map<String, List<Refusal>> of(Set<String> parties, UsageKey key) {
        var byId =
                parties.stream().collect(Collectors.toMap(party -> key.of(party).toString(), party -> party));
        var found = new HashMap<String, List<Refusal>>();
        refusals.find(in("_id", byId.keySet())).forEach(document -> {
            var refused = refusals(document);
            if (!refused.isEmpty()) { // its first refusal is just being written
                found.put(requireNonNull(byId.get(document.getString("_id"))), refused);
            }
        });
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
