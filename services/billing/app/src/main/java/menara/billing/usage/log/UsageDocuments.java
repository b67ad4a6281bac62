package menara.billing.usage.log;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.cursor.TimeoutMode;
import com.mongodb.client.model.Projections;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import menara.billing.meters.Meter;
import menara.billing.usage.events.Faults;
import menara.billing.usage.events.Hash128;
import menara.billing.usage.events.UsageCodec;
import menara.billing.usage.events.UsageDocument;
import menara.billing.usage.events.UsageEntry;
import menara.eventstore.mongodb.Guarantees;
import menara.eventstore.mongodb.commitlog.Committed;
import menara.eventstore.mongodb.database.Deadline;
import menara.platform.time.IdFactory;
import menara.values.ContractId;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The documents of a partition, {@code _id = partition|n}, n without a gap. A document that cannot be read does not block others. */
public final class UsageDocuments {

    private static final Logger LOG = LoggerFactory.getLogger(UsageDocuments.class);

    /** Documents read at once; only their marks, or what the caller asks for, are kept. */
    static final int WINDOW = 16;

    /** Stored documents in memory at once: 2 MB each at most, except for the first ones ever written. */
    private static final int BATCH = 2;

    private final int partition;
    private final int begin;
    private final @Nullable UsageDocuments before;
    private final MongoCollection<UsageDocument> log;
    private final Function<String, Meter> meters;
    private final IdFactory ids;

    /**
     * @param begin place of the partition's first document
     * @param before documents of the partition that it continues, before {@code begin}; null if it continues none
     */
    UsageDocuments(
            int partition,
            int begin,
            @Nullable UsageDocuments before,
            MongoCollection<UsageDocument> log,
            Function<String, Meter> meters,
            IdFactory ids) {
        this.partition = partition;
        this.begin = begin;
        this.before = before;
        this.log = log;
        this.meters = meters;
        this.ids = ids;
    }

    String id(int n) {
        return partitionOf(n) + "|" + n;
    }

    /** The partition to which the document at a place was written. */
    int partitionOf(int n) {
        return before != null && n < begin ? before.partitionOf(n) : partition;
    }

    /** @param last id of the document before it */
    UsageDocument document(int n, UUID last, List<UsageEntry> entries, Instant receivedAt) {
        return new UsageDocument(
                id(n),
                ids.next(),
                last,
                receivedAt.toEpochMilli(),
                entries.size(),
                new Binary(UsageCodec.encode(entries)),
                false);
    }

    /** The last document of the partition, which has no events. */
    UsageDocument closing(int n, UUID last) {
        return new UsageDocument(id(n), ids.next(), last, 0, 0, new Binary(UsageCodec.encode(List.of())), true);
    }

    /** The document at a place, without its events; also if a newly elected primary does not show it yet. */
    Optional<UsageDocument> headAt(int n) {
        return headAt(n, log).or(() -> headAt(n, Guarantees.latest(log)));
    }

    private Optional<UsageDocument> headAt(int n, MongoCollection<UsageDocument> log) {
        return Optional.ofNullable(log.find(eq("_id", id(n)))
                .projection(Projections.exclude("events"))
                .first());
    }

    /**
     * The part of a document that is kept.
     *
     * @param marks of its events, in order; empty if it cannot be read
     * @param events number of its events
     * @param bytes its size as stored
     * @param closes whether nothing follows in this partition
     */
    record Marked(
            Object place, UUID id, UUID previous, List<UsageCodec.Mark> marks, int events, int bytes, boolean closes)
            implements Committed {

        static Marked of(UsageDocument document, List<UsageCodec.Mark> marks, int bytes) {
            return new Marked(
                    document.place(),
                    document.id(),
                    document.previous(),
                    marks,
                    document.count(),
                    bytes,
                    document.closes());
        }

        boolean isReadable() {
            return marks.size() == events;
        }
    }

    /** The marks of the events of each document from {@code from} on, at most {@link #WINDOW}. */
    List<Marked> marks(int from, Deadline deadline) {
        return marks(from, WINDOW, deadline);
    }

    /** The marks of the events of each document from {@code from} on, at most so many. */
    List<Marked> marks(int from, int window, Deadline deadline) {
        return read(deadline.within(log), from, window, document -> {
            int bytes = document.events().length();
            try {
                return Marked.of(document, UsageCodec.marks(document.events().getData()), bytes);
            } catch (RuntimeException e) {
                // Its events are unknown here; counting parks the document and reports it.
                LOG.error("document {} of the usage log cannot be read", document.place(), e);
                return Marked.of(document, List.of(), bytes);
            }
        });
    }

    /** Called for documents and events that cannot be read. */
    public interface Unreadable extends UsageCodec.NotUnderstood {

        /** For look-ups; counting reports the fault. */
        Unreadable IGNORED = new Unreadable() {
            @Override
            public void document(int n, RuntimeException cause) {}

            @Override
            public void tell(ContractId contract, RuntimeException cause) {}
        };

        void document(int n, RuntimeException cause);
    }

    /** The entries of the documents from {@code from} (inclusive) until {@code until}, in order. */
    public List<UsageEntry> entries(int from, int until, Unreadable unreadable) {
        return entries(from, until, unreadable, Deadline.NONE);
    }

    /** The same with a limit on the wait. */
    List<UsageEntry> entries(int from, int until, Unreadable unreadable, Deadline deadline) {
        var entries = new ArrayList<UsageEntry>();
        for (int at = from; at < until; at += WINDOW) {
            read(deadline.within(log), at, Math.min(WINDOW, until - at), document -> entries(document, unreadable))
                    .forEach(entries::addAll);
        }
        return entries;
    }

    private List<UsageEntry> entries(UsageDocument document, Unreadable unreadable) {
        try {
            return UsageCodec.decode(document.events().getData(), meters, unreadable);
        } catch (RuntimeException e) {
            if (Faults.isOfDatabase(e)) {
                throw e;
            }
            unreadable.document(document.n(), e);
            return List.of();
        }
    }

    /** An entry and when its document was written. */
    record Stored(UsageEntry entry, Instant receivedAt) {}

    /** The event with {@code key} that stands in the document at {@code n}. */
    Optional<Stored> find(int n, Hash128 key) {
        var document = log.find(eq("_id", id(n))).first();
        if (document == null) {
            throw new IllegalStateException("document %s of the usage log is gone".formatted(id(n)));
        }
        return UsageCodec.decode(document.events().getData(), meters, (_, _) -> {}).stream()
                .filter(entry -> entry.key().equals(key))
                .findFirst()
                .map(entry -> new Stored(entry, Instant.ofEpochMilli(document.at())));
    }

    /** The results of the documents at {@code from}, {@code from + 1} … without a gap, at most {@code window}. */
    private <T> List<T> read(
            MongoCollection<UsageDocument> from, int first, int window, Function<UsageDocument, T> reading) {
        var places = IntStream.range(first, first + window).mapToObj(this::id).toList();
        var made = new TreeMap<Integer, T>();
        from.find(in("_id", places))
                .timeoutMode(TimeoutMode.ITERATION)
                .batchSize(BATCH)
                .forEach(document -> made.put(document.n(), reading.apply(document)));
        return IntStream.range(first, first + window)
                .takeWhile(made::containsKey)
                .mapToObj(made::get)
                .map(Objects::requireNonNull)
                .toList();
    }
}
