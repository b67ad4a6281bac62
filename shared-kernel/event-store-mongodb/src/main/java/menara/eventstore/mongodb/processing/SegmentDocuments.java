package menara.eventstore.mongodb.processing;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import menara.eventstore.mongodb.Guarantees;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.database.DuplicateKeys;
import org.axonframework.messaging.eventhandling.processing.streaming.segmenting.Segment;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.UnableToClaimTokenException;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.UnableToInitializeTokenException;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * A document for each segment of each processor: {@code {_id: "processor/segment", processor, segment, mask, begun, position, witness, owner,
 * claimedAt}}. A process that changes its claimed segment names itself in the filter, so that it cannot change a segment that went to
 * another process.
 */
final class SegmentDocuments {

    private static final String STORE_ID = "store";

    private final MongoCollection<Document> tokens;
    private final String owner;
    private final Duration claimTimeout;
    private final Clock clock;
    private final TokenFields fields;

    SegmentDocuments(
            MongoDatabase database,
            String collection,
            String owner,
            Duration claimTimeout,
            Clock clock,
            TokenFields fields) {
        this.tokens = Guarantees.bounded(database, Limits.DEFAULT).getCollection(collection);
        tokens.createIndex(Indexes.ascending("processor"));
        this.owner = owner;
        this.claimTimeout = claimTimeout;
        this.clock = clock;
        this.fields = fields;
    }

    private static String id(String processor, int segment) {
        return processor + "/" + segment;
    }

    /** The segments that this process has claimed and not lost to another one. */
    private Bson own(String processor, int segment) {
        return and(eq(id(processor, segment)), eq("owner", owner));
    }

    /** The stored segments that count. */
    List<Document> of(String processor) {
        var stored = tokens.find(eq("processor", processor)).into(new ArrayList<>());
        return SegmentChange.counting(stored, SegmentDocuments::segment);
    }

    /** The segments of each processor; the read ends within {@code limit}. */
    static Map<String, List<Document>> all(MongoDatabase database, String collection, Duration limit) {
        var byProcessor = new HashMap<String, List<Document>>();
        Guarantees.on(database)
                .withTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .getCollection(collection)
                .find(exists("processor"))
                .forEach(stored -> byProcessor
                        .computeIfAbsent(stored.getString("processor"), _ -> new ArrayList<>())
                        .add(stored));
        byProcessor.replaceAll((_, stored) -> SegmentChange.counting(stored, SegmentDocuments::segment));
        return byProcessor;
    }

    /** @param lapsed claims not extended since then have lapsed */
    static boolean isFollowed(Document stored, Instant lapsed) {
        return stored.getString("owner") != null
                && !stored.getDate("claimedAt").toInstant().isBefore(lapsed);
    }

    static Segment segment(Document stored) {
        return new Segment(stored.getInteger("segment"), stored.getInteger("mask"));
    }

    /** Segments without an owner, of this process, or of a silent one. */
    List<Segment> free(String processor) {
        var silentSince = clock.instant().minus(claimTimeout);
        return of(processor).stream()
                .filter(stored -> stored.getString("owner") == null
                        || owner.equals(stored.getString("owner"))
                        || stored.get("claimedAt", Date.class).toInstant().isBefore(silentSince))
                .map(SegmentDocuments::segment)
                .toList();
    }

    private Document document(String processor, Segment segment, @Nullable TrackingToken token) {
        var document = new Document("_id", id(processor, segment.getSegmentId()))
                .append("processor", processor)
                .append("segment", segment.getSegmentId())
                .append("mask", segment.getMask());
        document.putAll(fields.of(processor, token));
        return document;
    }

    /** A segment without an owner. */
    void add(String processor, Segment segment, @Nullable TrackingToken token) {
        insert(document(processor, segment, token));
    }

    void addClaimed(String processor, Segment segment, @Nullable TrackingToken token) {
        insert(document(processor, segment, token)
                .append("owner", owner)
                .append("claimedAt", Date.from(clock.instant())));
    }

    private void insert(Document segment) {
        try {
            tokens.insertOne(segment);
        } catch (MongoWriteException e) {
            if (!DuplicateKeys.isOne(e)) {
                throw e;
            }
            throw new UnableToInitializeTokenException(
                    "segment %d of processor %s is there already"
                            .formatted(segment.getInteger("segment"), segment.getString("processor")),
                    e);
        }
    }

    /** How a change of several segments of a processor is written. */
    SegmentChange.Writes changesOf(String processor) {
        return new Writes(processor);
    }

    private final class Writes implements SegmentChange.Writes {

        private final String processor;

        Writes(String processor) {
            this.processor = processor;
        }

        @Override
        public void put(Segment segment, @Nullable TrackingToken token) {
            // A segment left by a crashed split never counted.
            tokens.replaceOne(
                    eq(id(processor, segment.getSegmentId())),
                    document(processor, segment, token),
                    new ReplaceOptions().upsert(true));
        }

        @Override
        public void reshape(Segment segment, @Nullable TrackingToken token) {
            var replaced =
                    tokens.replaceOne(own(processor, segment.getSegmentId()), document(processor, segment, token));
            require(replaced.getMatchedCount(), processor, segment.getSegmentId());
        }

        @Override
        public void delete(int segment) {
            require(tokens.deleteOne(own(processor, segment)).getDeletedCount(), processor, segment);
        }
    }

    private void require(long found, String processor, int segment) {
        if (found == 0) {
            throw new UnableToClaimTokenException(
                    "segment %d of processor %s is not claimed by %s".formatted(segment, processor, owner));
        }
    }

    /** @throws UnableToClaimTokenException if there is no such segment, or it belongs to another process */
    Document claim(String processor, int segment) {
        var now = clock.instant();
        var free = or(eq("owner", null), eq("owner", owner), lt("claimedAt", Date.from(now.minus(claimTimeout))));
        var claimed = tokens.findOneAndUpdate(
                and(eq(id(processor, segment)), free),
                combine(set("owner", owner), set("claimedAt", Date.from(now))),
                new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER));
        if (claimed == null) {
            throw new UnableToClaimTokenException(
                    "segment %d of processor %s does not exist or belongs to another process"
                            .formatted(segment, processor));
        }
        return claimed;
    }

    void extend(String processor, int segment) {
        update(processor, segment, List.of());
    }

    void release(String processor, int segment) {
        tokens.updateOne(own(processor, segment), set("owner", null));
    }

    /** The progress of a claimed segment. */
    void store(String processor, int segment, @Nullable TrackingToken token) {
        update(processor, segment, fields.updates(processor, token));
    }

    private void update(String processor, int segment, List<Bson> updates) {
        var all = new ArrayList<Bson>();
        all.add(set("claimedAt", Date.from(clock.instant())));
        all.addAll(updates);
        require(tokens.updateOne(own(processor, segment), combine(all)).getMatchedCount(), processor, segment);
    }

    /** The same for all users of this database. */
    String storageIdentifier() {
        tokens.updateOne(
                eq(STORE_ID),
                Updates.setOnInsert("identifier", UUID.randomUUID().toString()),
                new UpdateOptions().upsert(true));
        var stored = tokens.find(eq(STORE_ID)).first();
        return stored == null ? STORE_ID : stored.getString("identifier");
    }
}
