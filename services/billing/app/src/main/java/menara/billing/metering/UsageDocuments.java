package menara.billing.metering;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static java.util.Objects.requireNonNull;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Projections;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import menara.billing.catalogue.Meter;
import menara.values.ContractId;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The documents of a partition, {@code _id = partition|n}, n without a gap. One that cannot be read never stands in the way of others. */
final class UsageDocuments {

    private static final Logger LOG = LoggerFactory.getLogger(UsageDocuments.class);

    /** Documents asked for at once; what is kept of them meanwhile are marks, or what the caller wanted to have. */
    static final int WINDOW = 16;

    /** Documents in memory at once as they are stored: 2 MB each at most, but for the first ones ever written. */
    private static final int BATCH = 2;

    private final int partition;
    private final int begin;
    private final @Nullable UsageDocuments before;
    private final MongoCollection<Document> log;
    private final Function<String, Meter> meters;

    /**
     * @param begin place of the partition's first document
     * @param before documents of the partition that it goes on from, which stand before {@code begin}; null if of none
     */
    UsageDocuments(
            int partition,
            int begin,
            @Nullable UsageDocuments before,
            MongoCollection<Document> log,
            Function<String, Meter> meters) {
        this.partition = partition;
        this.begin = begin;
        this.before = before;
        this.log = log;
        this.meters = meters;
    }

    private String id(int n) {
        return partitionOf(n) + "|" + n;
    }

    /** The partition to which the document at a place was written. */
    int partitionOf(int n) {
        return before != null && n < begin ? before.partitionOf(n) : partition;
    }

    /** @return false if another instance wrote at {@code n} first */
    boolean insert(int n, List<UsageEntry> entries, Instant receivedAt) {
        return insert(new Document("_id", id(n))
                .append("at", receivedAt.toEpochMilli())
                .append("count", entries.size())
                .append("events", new Binary(UsageCodec.encode(entries))));
    }

    /**
     * Writes the last document of the partition, which has no events.
     *
     * @return false if another instance wrote at {@code n} first
     */
    boolean close(int n) {
        return insert(new Document("_id", id(n))
                .append("at", 0L)
                .append("count", 0)
                .append("events", new Binary(UsageCodec.encode(List.of())))
                .append("closes", true));
    }

    /** Whether the document at a place is the last one of the partition. */
    boolean closes(int n) {
        var document = log.find(eq("_id", id(n)))
                .projection(Projections.include("closes"))
                .first();
        return document != null && document.getBoolean("closes", false);
    }

    private boolean insert(Document document) {
        try {
            log.insertOne(document);
            return true;
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
            return false;
        }
    }

    /**
     * @param marks of its events, in order; empty if it cannot be read
     * @param events how many stand in it
     * @param bytes what it takes as it is stored
     * @param closes whether nothing follows in this partition
     */
    record Marked(List<UsageCodec.Mark> marks, int events, int bytes, boolean closes) {

        boolean isReadable() {
            return marks.size() == events;
        }
    }

    /** The marks of the events of each document from {@code from} on, at most {@link #WINDOW}. */
    List<Marked> marks(int from) {
        return marks(from, WINDOW);
    }

    /** The marks of the events of each document from {@code from} on, at most so many. */
    List<Marked> marks(int from, int window) {
        return read(from, window, (_, document) -> {
            var events = events(document);
            try {
                return new Marked(
                        UsageCodec.marks(events),
                        document.getInteger("count"),
                        events.length,
                        document.getBoolean("closes", false));
            } catch (RuntimeException e) {
                // Its events are not known here; counting sets the document aside and tells.
                LOG.error("document {} of the usage log cannot be read", document.get("_id"), e);
                return new Marked(
                        List.of(), document.getInteger("count"), events.length, document.getBoolean("closes", false));
            }
        });
    }

    /** Hears of documents and events that cannot be read. */
    interface Unreadable extends UsageCodec.NotUnderstood {

        /** For those who only look something up; counting tells what is wrong. */
        Unreadable IGNORED = new Unreadable() {
            @Override
            public void document(int n, RuntimeException cause) {}

            @Override
            public void tell(ContractId contract, RuntimeException cause) {}
        };

        void document(int n, RuntimeException cause);
    }

    /** The entries of the documents from {@code from} (inclusive) until {@code until}, in order. */
    List<UsageEntry> entries(int from, int until, Unreadable unreadable) {
        var entries = new ArrayList<UsageEntry>();
        for (int at = from; at < until; at += WINDOW) {
            read(at, Math.min(WINDOW, until - at), (n, document) -> entries(n, document, unreadable))
                    .forEach(entries::addAll);
        }
        return entries;
    }

    private List<UsageEntry> entries(int n, Document document, Unreadable unreadable) {
        try {
            return UsageCodec.decode(events(document), meters, unreadable);
        } catch (RuntimeException e) {
            if (Faults.isOfDatabase(e)) {
                throw e;
            }
            unreadable.document(n, e);
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
        return UsageCodec.decode(events(document), meters, (_, _) -> {}).stream()
                .filter(entry -> entry.key().equals(key))
                .findFirst()
                .map(entry -> new Stored(entry, Instant.ofEpochMilli(document.getLong("at"))));
    }

    private static byte[] events(Document document) {
        return document.get("events", Binary.class).getData();
    }

    /** Makes of a document what is kept of it. */
    @FunctionalInterface
    private interface Reading<T> {
        T of(int n, Document document);
    }

    /** What is made of the documents at {@code from}, {@code from + 1} … without a gap, at most {@code window}. */
    private <T> List<T> read(int from, int window, Reading<T> reading) {
        var places = IntStream.range(from, from + window).boxed().collect(Collectors.toMap(this::id, n -> n));
        var made = new TreeMap<Integer, T>();
        log.find(in("_id", places.keySet())).batchSize(BATCH).forEach(document -> {
            int n = requireNonNull(places.get(document.getString("_id")));
            made.put(n, reading.of(n, document));
        });
        return IntStream.range(from, from + window)
                .takeWhile(made::containsKey)
                .mapToObj(made::get)
                .map(Objects::requireNonNull)
                .toList();
    }
}
