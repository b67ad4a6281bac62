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
 * A log of accepted events: documents {@code _id = partition|n}, n without a gap. A writer at n has read everything before n and knows
 * every key in it, so the unique {@code _id} makes sure that an event is accepted once among all instances.
 */
public final class UsagePartition {

    /** Events of one document: 0.9 MB. Requests that wait for each other share one. */
    static final int MAX_EVENTS_PER_DOCUMENT = 8_192;

    /** Bytes of one document that requests share; the events of a single request with long names may exceed them a little. */
    public static final int MAX_BYTES_PER_DOCUMENT = 2 << 20;

    private final int number;
    private final @Nullable UsagePartition before;
    private final PartitionLog log;
    private final Successions successions;
    private final UsageWriter writer;

    /**
     * The collections of partitions.
     *
     * @param log documents of events
     * @param keys facts of events of older documents
     * @param turns the queue of instances that ask for a turn to write
     */
    record Stores(
            MongoCollection<UsageDocument> log, MongoCollection<Document> keys, MongoCollection<Document> turns) {}

    /**
     * @param before the closed partition that this one continues; null in the first generation
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
        /** The event that it would supersede does not exist. */
        NOTHING_TO_SUPERSEDE,
        /** The event that it would supersede was retracted. */
        RETRACTED,
        /** The event that it would supersede was corrected too often since to find the last correction. */
        TOO_OFTEN_CORRECTED
    }

    /**
     * @param verdicts one for each event, in order
     * @param until place after the last document that the verdicts depend on
     */
    record Outcome(List<Verdict> verdicts, int until) {}

    public int number() {
        return number;
    }

    /** The partition that this one continues; null in the first generation. */
    @Nullable
    public UsagePartition before() {
        return before;
    }

    /** Place of its first document. */
    public int begin() {
        return log.begin();
    }

    /** Place after the last document that this instance knows. */
    public int end() {
        return log.end();
    }

    /** Whether the log is closed and continues in others, as far as this instance knows. */
    boolean isClosed() {
        return log.isClosed();
    }

    /** Closes the log, also while other instances write, and seals all its keys. */
    void close() {
        writer.end();
    }

    /** Stops writing here; waiting writes are still stored. */
    void stop() {
        writer.stop();
    }

    /**
     * Durable when it returns.
     *
     * @param since when the caller began to wait, a reading of {@link Machine#nanoTime()}
     * @return empty if the log is closed: no entry was judged
     */
    Optional<Outcome> append(List<UsageEntry> entries, Instant receivedAt, long since) {
        return writer.append(entries, receivedAt, since);
    }

    /** Reads what other instances wrote. */
    public void refresh() {
        refresh(Deadline.NONE);
    }

    /** The same with a limit on the wait. */
    void refresh(Deadline deadline) {
        log.refresh(deadline);
    }

    /** Reads what other instances wrote, if this instance does not know all documents before {@code until}. */
    public void refreshUntil(int until) {
        if (end() < until) {
            refresh();
        }
    }

    /**
     * Checks now and then that the log still holds what this instance has read; a closed log needs no check, because no instance writes
     * after its end.
     */
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

    /**
     * Merges sealed pieces where there are enough of a size; false if there are not. Takes as long as reading and writing them, and blocks
     * nobody.
     */
    boolean merge() {
        return log.sealed().merge();
    }

    /** Number of filters that a look-up reads. */
    int pieces() {
        return log.sealed().pieces();
    }

    /** The documents before {@code until} are counted. */
    public void counted(int until) {
        log.counted(until);
    }

    /** The entries of the documents from {@code from} (inclusive) until {@code until}, in order. */
    public List<UsageEntry> entries(int from, int until, UsageDocuments.Unreadable unreadable) {
        return log.entries(from, until, unreadable, Deadline.NONE);
    }

    /** End of the batch that starts at {@code from}: at least one document, then as many as the work limit allows. */
    public int batchEnd(int from, int maxDocuments, int maxWork) {
        return log.batchEnd(from, maxDocuments, maxWork);
    }

    /** Places of events that this instance knows. */
    public Set<Integer> places(Set<Hash128> keys) {
        return successions.places(keys);
    }

    /**
     * The entries of a document that count although they are read late: those that were not accepted a second time since, and that no other
     * event has replaced since. From now on they are known.
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
     * Begin of the usage that each superseding event would take away, by the event that it names, of those that this instance knows.
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
     * @param place place of its document
     * @param supersededBy the event that replaced it; null if none did
     */
    public record Found(
            UsageEntry entry,
            Instant receivedAt,
            int partition,
            int place,
            @Nullable UsageKey supersededBy) {}
}
