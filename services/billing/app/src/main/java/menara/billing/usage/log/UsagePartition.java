package menara.billing.usage.log;

import com.mongodb.client.MongoCollection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import menara.billing.meters.Meter;
import menara.billing.usage.events.Hash128;
import menara.billing.usage.events.UsageCodec;
import menara.billing.usage.events.UsageDocument;
import menara.billing.usage.events.UsageEntry;
import menara.billing.usage.events.UsageKey;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.LogListener;
import menara.eventstore.mongodb.commitlog.Turns;
import menara.eventstore.mongodb.database.Deadline;
import menara.eventstore.mongodb.machine.Machine;
import menara.platform.time.IdFactory;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * A log of accepted events: documents {@code _id = partition|n}, n without a gap. Whoever writes at n has read everything before n and
 * knows every key in it, so the unique {@code _id} makes sure that an event is accepted once, whatever instances there are.
 */
public final class UsagePartition {

    /** Events of one document: 0.9 MB. Requests that wait for each other share one. */
    static final int MAX_EVENTS_PER_DOCUMENT = 8_192;

    /** Bytes of one document that requests share; one request's events of long names may come to a little more. */
    public static final int MAX_BYTES_PER_DOCUMENT = 2 << 20;

    private final int number;
    private final @Nullable UsagePartition before;
    private final PartitionLog log;
    private final Successions successions;
    private final UsageWriter writer;

    /**
     * Where partitions are kept.
     *
     * @param log documents of events
     * @param keys what is known of those of older documents
     * @param turns who asks to be let write
     */
    record Stores(
            MongoCollection<UsageDocument> log, MongoCollection<Document> keys, MongoCollection<Document> turns) {}

    /**
     * @param before the partition that this one goes on from, closed; null if it is of the first ones
     * @param eventsPerPiece events that are whole in memory before they are sealed, the same for all instances for ever
     */
    UsagePartition(
            int number,
            @Nullable UsagePartition before,
            Stores stores,
            Function<String, Meter> meters,
            IdFactory ids,
            int eventsPerPiece,
            Limits limits,
            LogListener listener) {
        this.number = number;
        this.before = before;
        this.log = new PartitionLog(
                number, before == null ? null : before.log, stores.log(), stores.keys(), meters, ids, eventsPerPiece);
        this.successions = new Successions(log);
        var turns = new Turns(stores.turns(), number, log.commits().machine());
        this.writer = new UsageWriter(log, successions, turns, limits, listener);
    }

    /** What becomes of an event. */
    public enum Verdict {
        ACCEPTED,
        /** The same event, with the same content, came before. */
        DUPLICATE,
        /** The same event came before with another content, which stands. */
        CONFLICT,
        /** The event that it would supersede is not there. */
        NOTHING_TO_SUPERSEDE,
        /** The event that it would supersede was retracted. */
        RETRACTED,
        /** The event that it would supersede was corrected too often since to find the last correction. */
        TOO_OFTEN_CORRECTED
    }

    /**
     * @param verdicts one for each event, in order
     * @param until place behind everything the verdicts rest on
     */
    record Outcome(List<Verdict> verdicts, int until) {}

    public int number() {
        return number;
    }

    /** The partition that this one goes on from; null if it is of the first ones. */
    @Nullable
    public UsagePartition before() {
        return before;
    }

    /** Place of its first document. */
    public int begin() {
        return log.begin();
    }

    /** Place behind the last document that is known here. */
    public int end() {
        return log.end();
    }

    /** Whether the log has ended and goes on in others, as far as it is known here. */
    boolean isClosed() {
        return log.isClosed();
    }

    /** Ends the log, whoever writes at the same moment, and seals all that is known of it. */
    void close() {
        writer.end();
    }

    /** This instance writes no more; what waits is still written. */
    void stop() {
        writer.stop();
    }

    /**
     * Durable when it returns.
     *
     * @param since when whoever waits for it began to wait, as {@link Machine#nanoTime()} tells it
     * @return empty if the log has ended: nothing of the entries was looked at
     */
    Optional<Outcome> append(List<UsageEntry> entries, Instant receivedAt, long since) {
        return writer.append(entries, receivedAt, since);
    }

    /** Reads what other instances wrote. */
    public void refresh() {
        refresh(Deadline.NONE);
    }

    /** The same for somebody who waits so long. */
    void refresh(Deadline deadline) {
        log.refresh(deadline);
    }

    /** Reads what other instances wrote, if what stands before {@code until} is not all known here. */
    public void refreshUntil(int until) {
        if (end() < until) {
            refresh();
        }
    }

    /** Looks now and then whether the log still holds what this instance has seen; a closed one nobody goes on from. */
    public void verify() {
        if (!isClosed()) {
            log.commits().verifyIfDue(Deadline.NONE);
        }
    }

    /** Id of a document that was read before. */
    public UUID idAt(int place) {
        return log.idAt(place);
    }

    /** Seals the oldest piece of the log that is full; false if there is none. */
    boolean seal() {
        return log.seal();
    }

    /** Merges sealed pieces where there are enough of a size; false if there are not. Takes as long as reading and writing them; nobody waits for it. */
    boolean merge() {
        return log.sealed().merge();
    }

    /** How many filters a look-up asks. */
    int pieces() {
        return log.sealed().pieces();
    }

    /** What stands before {@code until} is counted. */
    public void counted(int until) {
        log.counted(until);
    }

    /** The entries of the documents from {@code from} (inclusive) until {@code until}, in order. */
    public List<UsageEntry> entries(int from, int until, UsageDocuments.Unreadable unreadable) {
        return log.entries(from, until, unreadable, Deadline.NONE);
    }

    /** End of the batch from {@code from} on that is counted in one go: a document at least, then as many as are not much work. */
    public int batchEnd(int from, int maxDocuments, int maxWork) {
        return log.batchEnd(from, maxDocuments, maxWork);
    }

    /** Where events stand, as far as they are known here. */
    public Set<Integer> places(Set<Hash128> keys) {
        return successions.places(keys);
    }

    /**
     * Those of a document's entries that count although they become known late: that did not come a second time since, and whose place in
     * a succession no other has taken since. From now on they are known.
     */
    List<UsageEntry> admit(List<UsageEntry> entries, int place) {
        return log.locked(() -> {
            var known = log.known();
            try {
                var admitted = new ArrayList<UsageEntry>();
                for (var entry : entries) {
                    if (!known.isThere(entry.key())) {
                        known.rememberLate(UsageCodec.Mark.of(entry), place);
                    }
                    if (known.place(entry.key()).equals(Optional.of(place)) && !known.isOvertaken(entry)) {
                        admitted.add(entry);
                    }
                }
                return admitted;
            } finally {
                known.endStep();
            }
        });
    }

    /**
     * When the usage began that would be taken away by events that name others to supersede: by the named one, as far as there is such
     * usage and it is known here.
     */
    Map<Hash128, Instant> beginnings(Set<Hash128> named, Deadline deadline) {
        return successions.beginnings(named, deadline);
    }

    Optional<Found> find(Hash128 key) {
        return successions.find(key);
    }

    public UsageDocuments documents() {
        return log.documents();
    }

    /**
     * An event as it was accepted.
     *
     * @param partition partition to which it was written
     * @param place document in which it stands
     * @param supersededBy the event that took its place; null if none did
     */
    public record Found(
            UsageEntry entry,
            Instant receivedAt,
            int partition,
            int place,
            @Nullable UsageKey supersededBy) {}
}
