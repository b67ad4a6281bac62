package menara.eventstore.mongodb.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The servers as their clients can tell them apart: what the primary has written, how much of it a majority has confirmed, and how much of
 * that the primary knows to be confirmed. An election may lose what nobody confirmed, and never anything else; the new primary knows for a
 * while less of what was confirmed than the old one did. Only an operator makes them lose what was confirmed.
 */
final class ReplicaSet {

    private final Scheduler scheduler;
    private final Map<String, NavigableMap<BsonValue, List<Version>>> collections = new HashMap<>();
    private final Deque<Write> writes = new ArrayDeque<>();
    private final List<Thread> waiting = new ArrayList<>();

    /** How many writes there are; they are numbered from 1. */
    private long written;

    private long confirmed;
    private long shown;
    private int term = 1;
    private boolean hasPrimary = true;
    private boolean confirms = true;

    /** A document as a write left it; null if it was removed. */
    private record Version(long write, long at, @Nullable BsonDocument document) {}

    private record Write(long number, String collection, BsonValue id) {}

    /** A document, and when it was written. */
    record Stored(BsonDocument document, long at) {}

    ReplicaSet(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    int term() {
        return term;
    }

    boolean hasPrimary() {
        return hasPrimary;
    }

    /** What the primary has written. */
    long written() {
        return written;
    }

    /** What a majority has. */
    long confirmed() {
        return confirmed;
    }

    /** What the primary knows that a majority has. */
    long shown() {
        return shown;
    }

    private NavigableMap<BsonValue, List<Version>> collection(String name) {
        return collections.computeIfAbsent(name, _ -> new TreeMap<>(Filter.ORDER));
    }

    /** The document as it was after so many writes. */
    @Nullable
    BsonDocument find(String collection, BsonValue id, long writes) {
        var version = version(collection(collection).get(id), writes);
        return version == null ? null : version.document();
    }

    /** All documents as they were after so many writes, by {@code _id}. */
    List<BsonDocument> scan(String collection, long writes) {
        return stored(collection, writes).stream().map(Stored::document).toList();
    }

    List<Stored> stored(String collection, long writes) {
        var found = new ArrayList<Stored>();
        for (var versions : collection(collection).values()) {
            var version = version(versions, writes);
            if (version != null && version.document() != null) {
                found.add(new Stored(version.document(), version.at()));
            }
        }
        return found;
    }

    private static @Nullable Version version(@Nullable List<Version> versions, long writes) {
        if (versions != null) {
            for (var version : versions.reversed()) {
                if (version.write() <= writes) {
                    return version;
                }
            }
        }
        return null;
    }

    /** @param document null to remove it */
    void write(String collection, BsonValue id, @Nullable BsonDocument document) {
        written++;
        collection(collection)
                .computeIfAbsent(id, _ -> new ArrayList<>(1))
                .add(new Version(written, scheduler.now(), document));
        writes.add(new Write(written, collection, id));
    }

    /** Whether a majority has got a write, or never will. */
    enum Fate {
        OPEN,
        CONFIRMED,
        LOST_FROM_SIGHT
    }

    Fate fate(long write, int writtenIn) {
        if (writtenIn != term) {
            return Fate.LOST_FROM_SIGHT;
        }
        return write <= shown ? Fate.CONFIRMED : Fate.OPEN;
    }

    /** The secondaries have got as much; nothing happens while no majority can be reached. */
    void replicate(long until, int replicatedIn) {
        if (replicatedIn == term && confirms && hasPrimary) {
            confirm(until);
        }
    }

    private void confirm(long until) {
        confirmed = Math.max(confirmed, until);
        shown = confirmed;
        wake();
    }

    /** The primary is cut off from the others: it takes writes, and nobody confirms them. */
    void loseMajority() {
        confirms = false;
    }

    void findMajority(int foundIn) {
        if (foundIn == term) {
            confirms = true;
            replicate(written, term);
        }
    }

    void loseElectedPrimary() {
        hasPrimary = false;
        term++;
        wake();
    }

    /**
     * @param kept what the new primary has of what nobody had confirmed
     * @param known what it knows to be confirmed of what was
     */
    void elect(long kept, long known) {
        undo(kept, _ -> true);
        written = kept;
        shown = known;
        confirms = false;
        hasPrimary = true;
        wake();
    }

    private void undo(long kept, Predicate<String> collections) {
        var other = new ArrayDeque<Write>();
        while (!writes.isEmpty() && writes.getLast().number() > kept) {
            var write = writes.removeLast();
            if (collections.test(write.collection())) {
                Objects.requireNonNull(collection(write.collection()).get(write.id()))
                        .removeLast();
            } else {
                other.addFirst(write);
            }
        }
        writes.addAll(other);
    }

    /** An operator puts everything back to a state that was confirmed long ago, or makes a server the primary that was cut off since. */
    void goBack(long kept) {
        term++;
        elect(kept, kept);
        confirmed = kept;
        confirms = true;
    }

    /** An operator puts one collection back, and nothing else. */
    void goBack(String collection, long kept) {
        term++;
        undo(kept, collection::equals);
        confirmed = written;
        shown = written;
        confirms = true;
        wake();
    }

    /** The new primary has confirmed a write of its own, and with it everything before. */
    void settle(int settledIn) {
        if (settledIn == term && hasPrimary) {
            confirms = true;
            confirm(written);
        }
    }

    /** To be woken whenever something changes that one may wait for. */
    void waitHere(Thread thread) {
        waiting.add(thread);
    }

    private void wake() {
        var woken = List.copyOf(waiting);
        waiting.clear();
        woken.forEach(LockSupport::unpark);
    }
}
