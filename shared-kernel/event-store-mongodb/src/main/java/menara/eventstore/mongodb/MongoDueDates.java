package menara.eventstore.mongodb;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import org.bson.Document;

/**
 * Work that falls due at a time, stored so that it survives a restart. Whoever takes an item claims it with one atomic update; a claim
 * that is not completed lapses, and the item is due again. Work is therefore done at least once.
 *
 * <p>The set is meant to stay small (open items only, completed ones are deleted): a server without indexes scans it at every poll.
 */
public final class MongoDueDates {

    private final MongoCollection<Document> items;
    private final Duration claimTimeout;
    private final Clock clock;

    /**
     * @param collection name of the collection, {@code due}
     * @param claimTimeout after which an item that was taken and not completed is due again
     */
    public MongoDueDates(MongoDatabase database, String collection, Duration claimTimeout, Clock clock) {
        this.items = database.getCollection(collection);
        this.claimTimeout = claimTimeout;
        this.clock = clock;
        items.createIndex(Indexes.ascending("dueAt"));
    }

    /**
     * An item that was taken.
     *
     * @param kind of the work
     * @param id within the kind
     * @param dueAt when it fell due
     * @param claim proves who took it
     */
    public record Taken(String kind, String id, Instant dueAt, String claim) {}

    /** Adds an item, or moves the due date of the one that is there. */
    public void schedule(String kind, String id, Instant dueAt) {
        items.updateOne(
                eq(key(kind, id)),
                combine(
                        set("kind", kind),
                        set("id", id),
                        set("dueAt", Date.from(dueAt)),
                        unset("claim"),
                        unset("claimedAt")),
                new UpdateOptions().upsert(true));
    }

    public void cancel(String kind, String id) {
        items.deleteOne(eq(key(kind, id)));
    }

    /** Takes the item that has been due longest and that nobody works on; empty if none is due. */
    public Optional<Taken> take() {
        var now = clock.instant();
        var claim = UUID.randomUUID().toString();
        var free = or(eq("claim", null), lt("claimedAt", Date.from(now.minus(claimTimeout))));
        var taken = items.findOneAndUpdate(
                and(lte("dueAt", Date.from(now)), free),
                combine(set("claim", claim), set("claimedAt", Date.from(now))),
                new FindOneAndUpdateOptions().sort(ascending("dueAt")).returnDocument(ReturnDocument.AFTER));
        return Optional.ofNullable(taken)
                .map(item -> new Taken(
                        item.getString("kind"),
                        item.getString("id"),
                        item.get("dueAt", Date.class).toInstant(),
                        claim));
    }

    /** Removes a taken item, unless it was scheduled again meanwhile. */
    public void complete(Taken taken) {
        items.deleteOne(and(eq(key(taken.kind(), taken.id())), eq("claim", taken.claim())));
    }

    /** How many items wait, due or not. */
    public long size() {
        return items.countDocuments();
    }

    private static String key(String kind, String id) {
        return kind + "/" + id;
    }
}
