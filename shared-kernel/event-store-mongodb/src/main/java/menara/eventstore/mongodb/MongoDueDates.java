package menara.eventstore.mongodb;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.FindOneAndReplaceOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.bson.Document;

/**
 * Work that falls due at a time: stored, so that it survives a crash, and claimed, so that one process does it. Whoever dies with a
 * claim loses it after a while, so the work is done at least once.
 *
 * <p>Each piece of work is a document under its own id. Which of them fall due in an hour stands in a bucket of that hour
 * ({@link DueBuckets}), because asking for a range of dates would scan all of them on a server without secondary indexes.
 */
public final class MongoDueDates {

    private final MongoCollection<Document> work;
    private final DueBuckets buckets;
    private final Duration claimTimeout;
    private final Clock clock;

    /**
     * @param database the service's own database
     * @param collection {@code due_dates}; the buckets are in {@code due_dates_hours}
     * @param claimTimeout after which work that was taken and not completed is given to somebody else
     */
    public MongoDueDates(MongoDatabase database, String collection, Duration claimTimeout, Clock clock) {
        this.work = database.getCollection(collection);
        this.buckets = new DueBuckets(database.getCollection(collection + "_hours"));
        this.claimTimeout = claimTimeout;
        this.clock = clock;
    }

    /**
     * Work that fell due and is claimed by the caller.
     *
     * @param kind what is to be done
     * @param id to what
     * @param dueAt when it fell due, to the millisecond
     * @param payload as scheduled
     * @param claim proof that the caller holds it
     */
    public record Due(String kind, String id, Instant dueAt, String payload, String claim) {}

    private static String key(String kind, String id) {
        if (kind.contains("/")) {
            throw new IllegalArgumentException("the kind of due work must not contain a slash: " + kind);
        }
        return kind + "/" + id;
    }

    /**
     * Schedules work. The same kind and id again moves the date and replaces the payload, also if somebody works on it right now: it
     * will then fall due once more.
     */
    public void schedule(String kind, String id, Instant dueAt, String payload) {
        String key = key(kind, id);
        String token = UUID.randomUUID().toString();
        // The work before its bucket: an entry without work is swept away, work without an entry was never
        // acknowledged.
        work.findOneAndReplace(
                eq(key),
                new Document("_id", key)
                        .append("kind", kind)
                        .append("id", id)
                        .append("dueAt", Date.from(dueAt))
                        .append("payload", payload)
                        .append("token", token),
                new FindOneAndReplaceOptions().upsert(true));
        buckets.add(new DueBuckets.Entry(dueAt.toEpochMilli(), token, key), clock.instant());
    }

    /** @return false if there was no such work, or it is done */
    public boolean cancel(String kind, String id) {
        return work.deleteOne(eq(key(kind, id))).getDeletedCount() > 0; // its entry is swept away when its hour comes
    }

    /** When the work falls due; empty if it is not scheduled or done. */
    public Optional<Instant> dueAt(String kind, String id) {
        return Optional.ofNullable(work.find(eq(key(kind, id))).first())
                .map(stored -> stored.getDate("dueAt").toInstant());
    }

    /**
     * Claims what is due.
     *
     * @param kinds that the caller can do
     * @param limit at most so many, the longest overdue first
     */
    public List<Due> poll(Collection<String> kinds, int limit) {
        var now = clock.instant();
        var come = buckets.until(now);
        var due = come.due().stream()
                .filter(entry -> kinds.contains(entry.kind()))
                .toList();
        var claimed = new ArrayList<Due>();
        var stale = new ArrayList<DueBuckets.Entry>();
        // In slices, because most of a long list may be claimed by others.
        for (int i = 0; i < due.size() && claimed.size() < limit; i += limit) {
            var slice = due.subList(i, Math.min(due.size(), i + limit));
            var stored = stored(slice);
            for (var entry : slice) {
                var found = stored.get(entry.key());
                if (found == null || !entry.token().equals(found.getString("token"))) {
                    stale.add(entry); // done, cancelled or moved
                } else if (claimed.size() < limit && isFree(found, now)) {
                    claim(entry, now).ifPresent(claimed::add);
                }
            }
        }
        buckets.sweep(come, stale, now);
        return claimed;
    }

    private Map<String, Document> stored(List<DueBuckets.Entry> entries) {
        var found = new HashMap<String, Document>();
        work.find(in("_id", entries.stream().map(DueBuckets.Entry::key).toList()))
                .forEach(stored -> found.put(stored.getString("_id"), stored));
        return found;
    }

    private static boolean isFree(Document stored, Instant now) {
        var claimedUntil = stored.getDate("claimedUntil");
        return claimedUntil == null || !claimedUntil.toInstant().isAfter(now);
    }

    private Optional<Due> claim(DueBuckets.Entry entry, Instant now) {
        String claim = UUID.randomUUID().toString();
        var taken = work.findOneAndUpdate(
                and(
                        eq(entry.key()),
                        eq("token", entry.token()),
                        or(eq("claimedUntil", null), lte("claimedUntil", Date.from(now)))),
                combine(set("claimedUntil", Date.from(now.plus(claimTimeout))), set("claim", claim)),
                new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER));
        return Optional.ofNullable(taken)
                .map(stored -> new Due(
                        stored.getString("kind"),
                        stored.getString("id"),
                        stored.getDate("dueAt").toInstant(),
                        stored.getString("payload"),
                        claim));
    }

    /**
     * Ends the work for good.
     *
     * @return false if it was scheduled again or its claim went to somebody else meanwhile; then it falls due again
     */
    public boolean complete(Due due) {
        return work.deleteOne(and(eq(key(due.kind(), due.id())), eq("claim", due.claim())))
                        .getDeletedCount()
                > 0;
    }

    /** Gives work back, so that it is due again at once. */
    public void release(Due due) {
        work.updateOne(
                and(eq(key(due.kind(), due.id())), eq("claim", due.claim())),
                combine(set("claimedUntil", null), set("claim", null)));
    }
}
