package menara.eventstore.mongodb.due;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import menara.eventstore.mongodb.Guarantees;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.database.DuplicateKeys;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Work that falls due at a time: stored, so that it survives a crash, and claimed, so that one process does it. A process that crashes with
 * a claim loses it after a while, so the work is done at least once.
 *
 * <p>Each piece of work is a document under its own id. Which of them fall due in an hour stands in the parts of that hour
 * ({@link DueBuckets}), because asking for a range of dates would scan all of them on a server without secondary indexes.
 */
public final class MongoDueDates {

    /** How often other writers of the same date may win first. */
    private static final int MAX_ATTEMPTS = 100;

    /** Field of the work: for each sequence the mark of the event that set its date last. */
    private static final String SEEN = "seen";

    private final MongoCollection<Document> work;
    private final DueBuckets buckets;
    private final ComeWork come;
    private final Clock clock;

    /**
     * @param database the service's own database
     * @param collection {@code due}; the hours are in {@code due_hours}
     * @param claimTimeout after which claimed and uncompleted work goes to another process
     */
    public MongoDueDates(MongoDatabase database, String collection, Duration claimTimeout, Clock clock) {
        this.work = Guarantees.bounded(database, Limits.DEFAULT).getCollection(collection);
        this.buckets =
                new DueBuckets(Guarantees.bounded(database, Limits.DEFAULT).getCollection(collection + "_hours"));
        this.come = new ComeWork(work, buckets, claimTimeout, clock);
        this.clock = clock;
    }

    /**
     * Work that fell due and is claimed by the caller.
     *
     * @param kind kind of the work
     * @param id its id within the kind
     * @param dueAt when it fell due, to the millisecond
     * @param payload as scheduled
     * @param claim identifies the claim
     */
    public record Taken(String kind, String id, Instant dueAt, String payload, String claim) {}

    /**
     * The event that sets a date. A process that was overtaken and wakes up does not change a date that a later event of the sequence has
     * set.
     *
     * @param sequence of events that stay in order, as a field is named
     * @param mark of the event, as text that sorts like the events of the sequence
     */
    public record After(String sequence, String mark) {}

    private static String key(String kind, String id) {
        if (kind.contains("/")) {
            throw new IllegalArgumentException("the kind of due work must not contain a slash: " + kind);
        }
        return kind + "/" + id;
    }

    /**
     * Schedules work. The same kind and id again moves the date and replaces the payload, also if a process works on it right now: it then
     * falls due once more.
     */
    public void schedule(String kind, String id, Instant dueAt, String payload) {
        schedule(kind, id, dueAt, payload, Optional.empty());
    }

    /** {@link #schedule(String, String, Instant, String)}, or nothing if the work has seen a later event than {@code after}. */
    public void schedule(String kind, String id, Instant dueAt, String payload, Optional<After> after) {
        var now = clock.instant();
        var entry = new DueEntry(dueAt.toEpochMilli(), UUID.randomUUID().toString(), key(kind, id));
        // The new entry is written before the work, and the old entry removed last: a crash in between leaves work that
        // is found, at its
        // old date or its new one.
        var part = buckets.add(entry, now);
        var scheduled = new Document("_id", entry.key())
                .append("kind", kind)
                .append("id", id)
                .append("dueAt", Date.from(dueAt))
                .append("payload", payload)
                .append("token", entry.token())
                .append("part", part);
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            var before = work.find(eq(entry.key())).first();
            if (before != null && before.getString("token").equals(entry.token())) {
                return; // it was stored, and only the answer was lost
            }
            if (before != null && isPassed(before, after)) {
                buckets.remove(entry, part);
                return;
            }
            if (replace(before, remembering(scheduled, before, after))) {
                return;
            }
        }
        throw new MongoTimeoutException("others moved the date of %s %d times".formatted(entry.key(), MAX_ATTEMPTS));
    }

    /**
     * Replaces only the version that was read: an abandoned request that arrives late does not undo what was acknowledged meanwhile.
     *
     * @param before null if there is no such work
     */
    private boolean replace(@Nullable Document before, Document scheduled) {
        if (before == null) {
            try {
                work.insertOne(scheduled);
                return true;
            } catch (MongoWriteException e) {
                if (DuplicateKeys.isOne(e)) {
                    return false;
                }
                throw e;
            }
        }
        if (work.replaceOne(same(before), scheduled).getMatchedCount() == 0) {
            return false;
        }
        removeEntry(before);
        return true;
    }

    private static Bson same(Document stored) {
        return and(eq(stored.getString("_id")), eq("token", stored.getString("token")));
    }

    private static boolean isPassed(Document stored, Optional<After> after) {
        var seen = stored.get(SEEN, Document.class);
        return seen != null
                && after.filter(event -> seen.get(event.sequence(), "").compareTo(event.mark()) > 0)
                        .isPresent();
    }

    private static Document remembering(Document scheduled, @Nullable Document before, Optional<After> after) {
        var seen = new Document();
        if (before != null && before.get(SEEN) != null) {
            seen.putAll(before.get(SEEN, Document.class));
        }
        after.ifPresent(event -> seen.append(event.sequence(), event.mark()));
        return seen.isEmpty() ? scheduled : new Document(scheduled).append(SEEN, seen);
    }

    /** {@link #schedule(String, String, Instant, String)} of work without a payload. */
    public void schedule(String kind, String id, Instant dueAt) {
        schedule(kind, id, dueAt, "");
    }

    private void removeEntry(Document stored) {
        var entry = new DueEntry(
                stored.getDate("dueAt").toInstant().toEpochMilli(), stored.getString("token"), stored.getString("_id"));
        var part = stored.getString("part");
        buckets.remove(entry, part == null ? DueBuckets.whole(stored.getLong("hour")) : part);
    }

    /** @return false if there was no such work, or it is done */
    public boolean cancel(String kind, String id) {
        return cancel(kind, id, Optional.empty());
    }

    /** {@link #cancel(String, String)}, or nothing if the work has seen a later event than {@code after}. */
    public boolean cancel(String kind, String id, Optional<After> after) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            var before = work.find(eq(key(kind, id))).first();
            if (before == null || isPassed(before, after)) {
                return false;
            }
            if (remove(same(before))) {
                return true;
            }
        }
        throw new MongoTimeoutException("others moved the date of %s %d times".formatted(key(kind, id), MAX_ATTEMPTS));
    }

    private boolean remove(Bson which) {
        var removed = work.findOneAndDelete(which);
        if (removed == null) {
            return false;
        }
        removeEntry(removed);
        return true;
    }

    /** When the work falls due; empty if it is not scheduled or done. */
    public Optional<Instant> dueAt(String kind, String id) {
        return Optional.ofNullable(work.find(eq(key(kind, id))).first())
                .map(stored -> stored.getDate("dueAt").toInstant());
    }

    /** Claims the unclaimed work that has been due longest; empty if none is due. */
    public Optional<Taken> take() {
        return come.take();
    }

    private static Bson heldBy(Taken taken) {
        return and(eq(key(taken.kind(), taken.id())), eq("claim", taken.claim()));
    }

    /**
     * Ends the work for good.
     *
     * @return false if it was scheduled again or another process claimed it meanwhile; then it falls due again
     */
    public boolean complete(Taken taken) {
        return remove(heldBy(taken));
    }

    /** Gives work back, so that it is due again at once. */
    public void release(Taken taken) {
        work.updateOne(heldBy(taken), combine(set("claimedUntil", null), set("claim", null)));
    }

    /** Number of scheduled pieces of work, due or not. */
    public long size() {
        return work.estimatedDocumentCount();
    }
}
