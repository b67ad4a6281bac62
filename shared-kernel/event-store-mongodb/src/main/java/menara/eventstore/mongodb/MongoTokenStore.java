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
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
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
            // One for all events first, claimed, and then split: a crash leaves them all with a segment.
            insert(
                    processor,
                    document(processor, Segment.ROOT_SEGMENT, initialToken)
                            .append("owner", owner)
                            .append("claimedAt", Date.from(clock.instant())));
            var segments = Segment.splitBalanced(Segment.ROOT_SEGMENT, segmentCount - 1);
            var split = new SegmentChange();
            split.remove(Segment.ROOT_SEGMENT.getSegmentId());
            segments.forEach(segment -> split.add(segment, initialToken));
            split.apply(new Writes(processor));
            return segments;
        });
    }

    @Override
    public CompletableFuture<Void> initializeSegment(
            @Nullable TrackingToken token, String processor, Segment segment, @Nullable ProcessingContext context) {
        return run(() -> {
            var change = changeIn(context, processor);
            if (change.isEmpty()) {
                insert(processor, document(processor, segment, token));
            } else {
                change.get().add(segment, token);
            }
        });
    }

    /** The change under way; empty if there is none, or no unit of work that would end it. */
    private static Optional<SegmentChange> changeIn(@Nullable ProcessingContext context, String processor) {
        return context == null || !context.containsResource(SegmentChange.IN_WORK)
                ? Optional.empty()
                : Optional.ofNullable(context.getResource(SegmentChange.IN_WORK).get(processor));
    }

    private SegmentChange begun(ProcessingContext context, String processor) {
        return context.computeResourceIfAbsent(SegmentChange.IN_WORK, SegmentChange::none)
                .computeIfAbsent(processor, _ -> {
                    var change = new SegmentChange();
                    context.runOnCommit(_ -> change.apply(new Writes(processor)));
                    return change;
                });
    }

    private final class Writes implements SegmentChange.Writes {

        private final String processor;

        Writes(String processor) {
            this.processor = processor;
        }

        @Override
        public void put(Segment segment, @Nullable TrackingToken token) {
            // What a split that crashed left there never counted.
            tokens.replaceOne(
                    eq(id(processor, segment.getSegmentId())),
                    document(processor, segment, token),
                    new ReplaceOptions().upsert(true));
        }

        @Override
        public void reshape(Segment segment, @Nullable TrackingToken token) {
            var replaced = tokens.replaceOne(
                    and(eq(id(processor, segment.getSegmentId())), eq("owner", owner)),
                    document(processor, segment, token));
            if (replaced.getMatchedCount() == 0) {
                throw notClaimed(processor, segment.getSegmentId());
            }
        }

        @Override
        public void delete(int segment) {
            if (tokens.deleteOne(and(eq(id(processor, segment)), eq("owner", owner)))
                            .getDeletedCount()
                    == 0) {
                throw notClaimed(processor, segment);
            }
        }
    }

    private UnableToClaimTokenException notClaimed(String processor, int segment) {
        return new UnableToClaimTokenException(
                "segment %d of processor %s is not claimed by %s".formatted(segment, processor, owner));
    }

    private Document document(String processor, Segment segment, @Nullable TrackingToken token) {
        var document = new Document("_id", id(processor, segment.getSegmentId()))
                .append("processor", processor)
                .append("segment", segment.getSegmentId())
                .append("mask", segment.getMask());
        if (token != null) {
            long position = position(token);
            document.append("position", position);
            log.before(position).ifPresent(seen -> document.append("witness", witness(seen)));
        }
        return document;
    }

    private static Document witness(LogIdentity.Witness seen) {
        return new Document("position", seen.position()).append("cid", seen.id().toString());
    }

    private void insert(String processor, Document segment) {
        try {
            tokens.insertOne(segment);
        } catch (MongoWriteException e) {
            if (!DuplicateKeys.isOne(e)) {
                throw e;
            }
            throw new UnableToInitializeTokenException(
                    "segment %d of processor %s is there already".formatted(segment.getInteger("segment"), processor),
                    e);
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
                        .map(seen -> set("witness", witness(seen)))
                        .orElseGet(() -> Updates.unset("witness")));
            }
            var updated = tokens.updateOne(and(eq(id(processor, segment)), eq("owner", owner)), combine(updates));
            if (updated.getMatchedCount() == 0) {
                throw notClaimed(processor, segment);
            }
        });
    }

    /**
     * A token of two merged segments is where the slower one was, one of a replay where the replay is: an event that is handled again
     * changes nothing.
     */
    private static long position(TrackingToken token) {
        return token.position()
                .orElseThrow(
                        () -> new IllegalArgumentException("a token without a position cannot be stored: " + token));
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
        return run(() -> {
            // What is being changed is free when the change is done, and not before.
            if (changeIn(context, processor)
                    .filter(change -> change.concerns(segment))
                    .isEmpty()) {
                tokens.updateOne(and(eq(id(processor, segment)), eq("owner", owner)), set("owner", null));
            }
        });
    }

    @Override
    public CompletableFuture<Void> deleteToken(String processor, int segment, @Nullable ProcessingContext context) {
        return run(() -> {
            if (context == null) {
                new Writes(processor).delete(segment);
            } else {
                begun(context, processor).remove(segment);
            }
        });
    }

    @Override
    @SuppressWarnings("NullAway") // Axon asks for null where there is no such segment
    public CompletableFuture<Segment> fetchSegment(String processor, int segment, @Nullable ProcessingContext context) {
        return now(() -> {
            return segmentsOf(processor).stream()
                    .map(MongoTokenStore::segment)
                    .filter(stored -> stored.getSegmentId() == segment)
                    .findFirst()
                    .orElse(null);
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
        var stored = tokens.find(eq("processor", processor))
                .into(new ArrayList<>()); // a handful of documents: a scan is fine
        return SegmentChange.counting(stored, MongoTokenStore::segment);
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
