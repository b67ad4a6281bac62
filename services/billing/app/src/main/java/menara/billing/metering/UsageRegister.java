package menara.billing.metering;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Updates.pushEach;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.PushOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.bson.Document;
import org.springframework.stereotype.Component;

/**
 * Every event that counts, once: the document's {@code _id} is the event's identity, and the batch whose insert came first owns
 * it for ever. Whoever repeats the work of a batch after a crash therefore finds the same owners.
 */
@Component
class UsageRegister {

    /** Refused contents kept for one event; a producer that sends more is broken, and the first ones show how. */
    static final int MAX_CONFLICTS_KEPT = 20;

    private final MongoCollection<Document> usage;

    UsageRegister(MongoDatabase database) {
        this.usage = database.getCollection("usage");
    }

    enum Verdict {
        /** This batch owns the event. */
        ACCEPTED,
        /** The same event, with the same content, came before. */
        DUPLICATE,
        /** The same event came before with another content, which stands. */
        CONFLICT
    }

    /** The verdict on each item of the batch, in its order. The same batch gets the same verdicts again. */
    List<Verdict> claim(UsageBatch batch) {
        var firsts = new LinkedHashMap<String, UsageBatch.Item>();
        for (var item : batch.items()) {
            firsts.putIfAbsent(item.event().key().text(), item);
        }
        var owners = own(batch, firsts);
        var judged = new HashSet<String>();
        var verdicts = new ArrayList<Verdict>(batch.items().size());
        var conflicts = new ArrayList<WriteModel<Document>>();
        for (var item : batch.items()) {
            var key = item.event().key().text();
            var owner = owners.get(key);
            var hash = item.event().contentHash();
            if (owner == null) {
                throw new IllegalStateException("event " + key + " was registered and is gone");
            }
            if (!owner.hash().equals(hash)) {
                verdicts.add(Verdict.CONFLICT);
                conflicts.add(conflict(batch, item, hash));
            } else {
                boolean first = judged.add(key);
                verdicts.add(first && owner.batch().equals(batch.id()) ? Verdict.ACCEPTED : Verdict.DUPLICATE);
            }
        }
        if (!conflicts.isEmpty()) {
            usage.bulkWrite(conflicts);
        }
        return verdicts;
    }

    /**
     * @param batch who counts the event
     * @param hash content that counts
     */
    private record Owner(UUID batch, String hash) {}

    private Map<String, Owner> own(UsageBatch batch, Map<String, UsageBatch.Item> items) {
        var owners = read(List.copyOf(items.keySet()));
        // A round that meets a stranger's insert ends with that event known: there are at most as many rounds as
        // events.
        for (int round = 0; round <= items.size(); round++) {
            var missing = new ArrayList<String>();
            var documents = new ArrayList<Document>();
            items.forEach((key, item) -> {
                if (!owners.containsKey(key)) {
                    missing.add(key);
                    documents.add(document(batch, item));
                }
            });
            if (missing.isEmpty()) {
                return owners;
            }
            try {
                usage.insertMany(documents);
                documents.forEach(document -> owners.put(document.getString("_id"), owner(document)));
            } catch (MongoBulkWriteException e) {
                requireDuplicateKeys(e);
                owners.putAll(read(missing));
            }
        }
        throw new IllegalStateException("batch " + batch.id() + " found no end of strangers' events");
    }

    private Map<String, Owner> read(List<String> keys) {
        var owners = new HashMap<String, Owner>();
        usage.find(in("_id", keys))
                .projection(new Document("batch", 1).append("hash", 1))
                .forEach(document -> owners.put(document.getString("_id"), owner(document)));
        return owners;
    }

    private static Owner owner(Document document) {
        return new Owner(UUID.fromString(document.getString("batch")), document.getString("hash"));
    }

    private static Document document(UsageBatch batch, UsageBatch.Item item) {
        var document = new Document("_id", item.event().key().text())
                .append("batch", batch.id().toString())
                .append("hash", item.event().contentHash())
                .append("receivedAt", batch.receivedAt().toEpochMilli());
        document.putAll(UsageBatch.contentOf(item));
        return document;
    }

    private static WriteModel<Document> conflict(UsageBatch batch, UsageBatch.Item item, String hash) {
        var refused = document(batch, item);
        refused.remove("_id");
        // Only a content not yet listed is listed, so repeating it changes nothing.
        return new UpdateOneModel<>(
                and(eq("_id", item.event().key().text()), ne("conflicts.hash", hash)),
                pushEach("conflicts", List.of(refused), new PushOptions().slice(MAX_CONFLICTS_KEPT)));
    }

    private static void requireDuplicateKeys(MongoBulkWriteException failure) {
        boolean onlyDuplicates =
                failure.getWriteErrors().stream().allMatch(error -> error.getCategory() == ErrorCategory.DUPLICATE_KEY);
        if (!onlyDuplicates || failure.getWriteErrors().isEmpty()) {
            throw failure;
        }
    }

    /**
     * What became of an event.
     *
     * @param counted the event that counts
     * @param receivedAt when it was received
     * @param conflicts other contents refused under the same identity
     */
    record Registered(UsageBatch.Item counted, Instant receivedAt, List<Refused> conflicts) {}

    /**
     * @param event what was refused
     * @param receivedAt when it was received
     */
    record Refused(UsageEvent event, Instant receivedAt) {}

    Optional<Registered> find(UsageKey key) {
        return Optional.ofNullable(usage.find(eq("_id", key.text())).first())
                .map(document -> new Registered(
                        UsageBatch.item(key, document),
                        receivedAt(document),
                        document.getList("conflicts", Document.class, List.of()).stream()
                                .map(conflict -> new Refused(
                                        UsageBatch.item(key, conflict).event(), receivedAt(conflict)))
                                .toList()));
    }

    private static Instant receivedAt(Document document) {
        return Instant.ofEpochMilli(document.getLong("receivedAt"));
    }
}
