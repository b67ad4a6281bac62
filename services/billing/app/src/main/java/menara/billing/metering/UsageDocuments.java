package menara.billing.metering;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import menara.billing.catalogue.Meter;
import org.bson.Document;
import org.bson.types.Binary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The documents of a partition, {@code _id = partition|n}, n without a gap. One that cannot be read never stands in the way of others. */
final class UsageDocuments {

    private static final Logger LOG = LoggerFactory.getLogger(UsageDocuments.class);

    static final int WINDOW = 64;

    private final int partition;
    private final MongoCollection<Document> log;
    private final Function<String, Meter> meters;

    UsageDocuments(int partition, MongoCollection<Document> log, Function<String, Meter> meters) {
        this.partition = partition;
        this.log = log;
        this.meters = meters;
    }

    private String id(int n) {
        return partition + "|" + n;
    }

    /** @return false if another instance wrote at {@code n} first */
    boolean insert(int n, List<UsageEntry> entries, Instant receivedAt) {
        try {
            log.insertOne(new Document("_id", id(n))
                    .append("at", receivedAt.toEpochMilli())
                    .append("count", entries.size())
                    .append("events", new Binary(UsageCodec.encode(entries))));
            return true;
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
            return false;
        }
    }

    /** The marks of the events of each document from {@code from} on, at most {@link #WINDOW}. */
    List<List<UsageCodec.Mark>> marks(int from) {
        var marks = new ArrayList<List<UsageCodec.Mark>>();
        for (var document : read(from, WINDOW)) {
            try {
                marks.add(UsageCodec.marks(events(document)));
            } catch (RuntimeException e) {
                // Its events are not known here; counting sets the document aside and tells.
                LOG.error("document {} of the usage log cannot be read", document.get("_id"), e);
                marks.add(List.of());
            }
        }
        return marks;
    }

    /** Hears of documents and events that cannot be read. */
    interface Unreadable extends UsageCodec.NotUnderstood {

        void document(int n, RuntimeException cause);
    }

    /** The entries of the documents from {@code from} (inclusive) until {@code until}, in order. */
    List<UsageEntry> entries(int from, int until, Unreadable unreadable) {
        var entries = new ArrayList<UsageEntry>();
        for (int at = from; at < until; at += WINDOW) {
            int n = at;
            for (var document : read(at, Math.min(WINDOW, until - at))) {
                entries.addAll(entries(n++, document, unreadable));
            }
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

    private List<Document> read(int from, int window) {
        var ids = IntStream.range(from, from + window).mapToObj(this::id).toList();
        var byId = new HashMap<String, Document>();
        log.find(in("_id", ids)).forEach(document -> byId.put(document.getString("_id"), document));
        return ids.stream().takeWhile(byId::containsKey).map(byId::get).toList();
    }
}
