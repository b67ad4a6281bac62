package menara.eventstore.mongodb;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.processing.streaming.segmenting.Segment;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.TokenStore;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.UnableToClaimTokenException;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.UnableToInitializeTokenException;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * How far each segment of each processor has come, and which process works on it. A claim is one atomic update of one document; it
 * lapses when its owner has not been heard of for the claim timeout. Beside a token stands the commit it points behind, so that a
 * processor whose past was rolled back stops instead of going on.
 */
public final class MongoTokenStore implements TokenStore {

    private static final String STORE_ID = "store";

    private final MongoCollection<Document> tokens;
    private final LogIdentity log;
    private final String owner;
    private final Duration claimTimeout;
    private final Clock clock;
    private final Consumer<String> onClaim;

    /**
     * @param database the follower's own database
     * @param collection name of the collection, {@code tokens}
     * @param log the log that the tokens of this store are positions in
     * @param owner this process, unique among all instances
     * @param claimTimeout after which a silent owner loses its claims
     */
    public MongoTokenStore(
            MongoDatabase database,
            String collection,
            LogIdentity log,
            String owner,
            Duration claimTimeout,
            Clock clock) {
        this(database, collection, log, owner, claimTimeout, clock, _ -> {});
    }

    /**
     * @param onClaim told the name of a processor when this process has claimed a segment of it, before any event of the segment is
     *     handled; {@link MongoParkingLot#forgetCached} goes here
     */
    public MongoTokenStore(
            MongoDatabase database,
            String collection,
            LogIdentity log,
            String owner,
            Duration claimTimeout,
            Clock clock,
            Consumer<String> onClaim) {
        this.onClaim = onClaim;
        this.tokens = Guarantees.bounded(database, Limits.DEFAULT).getCollection(collection);
        this.log = log;
        this.owner = owner;
        this.claimTimeout = claimTimeout;
        this.clock = clock;
    }

    private static String id(String processor, int segment) {
        return processor + "/" + segment;
    }

    /** Our documents are written at once, whatever the processing context does later: a token is never ahead of its work. */
    private static <T> CompletableFuture<T> now(Supplier<T> work) {
        try {
            return CompletableFuture.completedFuture(work.get());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static CompletableFuture<Void> run(Runnable work) {
        return now(() -> {
            work.run();
            return nothing();
        });
    }

    @SuppressWarnings("NullAway") // a future of nothing completes with null
    private static Void nothing() {
        return null;
    }

    @Override
    public CompletableFuture<List<Segment>> initializeTokenSegments(
            String processor,
            int segmentCount,
            @Nullable TrackingToken initialToken,
            @Nullable ProcessingContext context) {
        return now(() -> {
            if (!segmentsOf(processor).isEmpty()) {
                throw new UnableToClaimTokenException("processor %s has segments already".formatted(processor));
            }
            var segments = Segment.splitBalanced(Segment.ROOT_SEGMENT, segmentCount - 1);
            segments.forEach(segment -> insert(processor, segment, initialToken));
            return segments;
        });
    }

    @Override
    public CompletableFuture<Void> initializeSegment(
            @Nullable TrackingToken token, String processor, Segment segment, @Nullable ProcessingContext context) {
        return run(() -> insert(processor, segment, token));
    }

    private void insert(String processor, Segment segment, @Nullable TrackingToken token) {
        var document = new Document("_id", id(processor, segment.getSegmentId()))
                .append("processor", processor)
                .append("segment", segment.getSegmentId())
                .append("mask", segment.getMask());
        if (token != null) {
            document.append("position", position(token));
        }
        try {
            tokens.insertOne(document);
        } catch (MongoWriteException e) {
            throw new UnableToInitializeTokenException(
                    "segment %d of processor %s is there already".formatted(segment.getSegmentId(), processor), e);
        }
    }

    @Override
    public CompletableFuture<Void> storeToken(
            @Nullable TrackingToken token, String processor, int segment, @Nullable ProcessingContext context) {
        return run(() -> {
            var updates = new ArrayList<Bson>();
            updates.add(set("claimedAt", Date.from(clock.instant())));
            if (token == null) {
                updates.add(Updates.unset("position"));
                updates.add(Updates.unset("witness"));
            } else {
                long position = position(token);
                updates.add(set("position", position));
                updates.add(log.before(position)
                        .map(seen -> set(
                                "witness",
                                new Document("position", seen.position())
                                        .append("cid", seen.id().toString())))
                        .orElseGet(() -> Updates.unset("witness")));
            }
            var updated = tokens.updateOne(and(eq(id(processor, segment)), eq("owner", owner)), combine(updates));
            if (updated.getMatchedCount() == 0) {
                throw new UnableToClaimTokenException(
                        "segment %d of processor %s is not claimed by %s".formatted(segment, processor, owner));
            }
        });
    }

    private static long position(TrackingToken token) {
        if (token instanceof GlobalSequenceTrackingToken sequence) {
            return sequence.getGlobalIndex();
        }
        throw new IllegalArgumentException(
                "only tokens of a log position can be stored, not %s; rebuild a projection by deleting its documents and its tokens"
                        .formatted(token.getClass().getSimpleName()));
    }

    @Override
    @SuppressWarnings("NullAway") // Axon asks for null where there is no token yet
    public CompletableFuture<TrackingToken> fetchToken(
            String processor, int segment, @Nullable ProcessingContext context) {
        return now(() -> {
            var claimed = claim(processor, segment);
            onClaim.accept(processor);
            var position = claimed.get("position", Number.class);
            if (position == null) {
                return null;
            }
            var witness = claimed.get("witness", Document.class);
            if (witness != null) {
                var seen = new LogIdentity.Witness(
                        witness.get("position", Number.class).longValue(), UUID.fromString(witness.getString("cid")));
                if (!log.holds(seen)) {
                    throw new LogRolledBack(processor, segment, seen);
                }
            }
            return new GlobalSequenceTrackingToken(position.longValue());
        });
    }

    @Override
    public CompletableFuture<Void> extendClaim(String processor, int segment, @Nullable ProcessingContext context) {
        return run(() -> claim(processor, segment));
    }

    private Document claim(String processor, int segment) {
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

    @Override
    public CompletableFuture<Void> releaseClaim(String processor, int segment, @Nullable ProcessingContext context) {
        return run(() -> tokens.updateOne(and(eq(id(processor, segment)), eq("owner", owner)), set("owner", null)));
    }

    @Override
    public CompletableFuture<Void> deleteToken(String processor, int segment, @Nullable ProcessingContext context) {
        return run(() -> {
            if (tokens.deleteOne(and(eq(id(processor, segment)), eq("owner", owner)))
                            .getDeletedCount()
                    == 0) {
                throw new UnableToClaimTokenException(
                        "segment %d of processor %s is not claimed by %s".formatted(segment, processor, owner));
            }
        });
    }

    @Override
    @SuppressWarnings("NullAway") // Axon asks for null where there is no such segment
    public CompletableFuture<Segment> fetchSegment(String processor, int segment, @Nullable ProcessingContext context) {
        return now(() -> {
            var stored = tokens.find(eq(id(processor, segment))).first();
            return stored == null ? null : segment(stored);
        });
    }

    @Override
    public CompletableFuture<List<Segment>> fetchSegments(String processor, @Nullable ProcessingContext context) {
        return now(() ->
                segmentsOf(processor).stream().map(MongoTokenStore::segment).toList());
    }

    @Override
    public CompletableFuture<List<Segment>> fetchAvailableSegments(
            String processor, @Nullable ProcessingContext context) {
        var silentSince = clock.instant().minus(claimTimeout);
        return now(() -> segmentsOf(processor).stream()
                .filter(stored -> stored.getString("owner") == null
                        || owner.equals(stored.getString("owner"))
                        || stored.get("claimedAt", Date.class).toInstant().isBefore(silentSince))
                .map(MongoTokenStore::segment)
                .toList());
    }

    private List<Document> segmentsOf(String processor) {
        return tokens.find(eq("processor", processor))
                .into(new ArrayList<>()); // a handful of documents: a scan is fine
    }

    private static Segment segment(Document stored) {
        return new Segment(stored.getInteger("segment"), stored.getInteger("mask"));
    }

    @Override
    public CompletableFuture<String> retrieveStorageIdentifier(@Nullable ProcessingContext context) {
        return now(() -> {
            tokens.updateOne(
                    eq(STORE_ID),
                    Updates.setOnInsert("identifier", UUID.randomUUID().toString()),
                    new UpdateOptions().upsert(true));
            var stored = tokens.find(eq(STORE_ID)).first();
            return stored == null ? STORE_ID : stored.getString("identifier");
        });
    }
}
