package menara.eventstore.mongodb.due;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Date;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import menara.eventstore.mongodb.due.MongoDueDates.Taken;
import org.bson.Document;

/**
 * Due work: finds due and unclaimed work in the buckets, the longest overdue first, and claims it for one process.
 */
final class ComeWork {

    /** Due work remembered for the next claims: finding it reads all due work, so a small number would be read often. */
    private static final int CANDIDATES = 4_000;

    private static final int WORK_PER_READ = 500;

    private final MongoCollection<Document> work;
    private final DueBuckets buckets;
    private final Duration claimTimeout;
    private final Clock clock;

    /** Hints of what to claim next, so that not every claim reads the buckets. */
    private final Deque<DueEntry> candidates = new ArrayDeque<>();

    ComeWork(MongoCollection<Document> work, DueBuckets buckets, Duration claimTimeout, Clock clock) {
        this.work = work;
        this.buckets = buckets;
        this.claimTimeout = claimTimeout;
        this.clock = clock;
    }

    /** Claims the unclaimed work that has been due longest; empty if none is due. */
    synchronized Optional<Taken> take() {
        var now = clock.instant();
        boolean looked = false;
        while (true) {
            var entry = candidates.poll();
            if (entry != null) {
                var taken = claim(entry, now);
                if (taken.isPresent()) {
                    return taken;
                }
            } else if (looked) {
                return Optional.empty();
            } else {
                look(now);
                looked = true;
            }
        }
    }

    /** Reads due and unclaimed work, and removes old entries of work that is done, cancelled or moved. */
    private void look(Instant now) {
        var come = buckets.until(now);
        var stale = new ArrayList<DueBuckets.Found>();
        var due = come.due();
        for (int i = 0; i < due.size() && candidates.size() < CANDIDATES; i += WORK_PER_READ) {
            var some = due.subList(i, Math.min(due.size(), i + WORK_PER_READ));
            var stored = stored(some);
            for (var found : some) {
                var entry = found.entry();
                var planned = stored.get(entry.key());
                if (planned == null || !entry.token().equals(planned.getString("token"))) {
                    stale.add(found);
                } else if (isFree(planned, now)) {
                    candidates.add(entry);
                }
            }
        }
        buckets.sweep(come, stale, now);
    }

    private Map<String, Document> stored(List<DueBuckets.Found> entries) {
        var found = new HashMap<String, Document>();
        work.find(in("_id", entries.stream().map(due -> due.entry().key()).toList()))
                .forEach(stored -> found.put(stored.getString("_id"), stored));
        return found;
    }

    private static boolean isFree(Document stored, Instant now) {
        var claimedUntil = stored.getDate("claimedUntil");
        return claimedUntil == null || !claimedUntil.toInstant().isAfter(now);
    }

    private Optional<Taken> claim(DueEntry entry, Instant now) {
        String claim = UUID.randomUUID().toString();
        var taken = work.findOneAndUpdate(
                and(
                        eq(entry.key()),
                        eq("token", entry.token()),
                        or(eq("claimedUntil", null), lte("claimedUntil", Date.from(now)))),
                combine(set("claimedUntil", Date.from(now.plus(claimTimeout))), set("claim", claim)),
                new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER));
        return Optional.ofNullable(taken)
                .map(stored -> new Taken(
                        stored.getString("kind"),
                        stored.getString("id"),
                        stored.getDate("dueAt").toInstant(),
                        stored.getString("payload"),
                        claim));
    }
}
