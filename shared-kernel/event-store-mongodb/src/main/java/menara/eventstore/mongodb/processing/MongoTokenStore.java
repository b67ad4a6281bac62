package menara.eventstore.mongodb.processing;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
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
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import menara.eventstore.mongodb.Guarantees;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.LogIdentity;
import menara.eventstore.mongodb.LogRolledBack;
import menara.eventstore.mongodb.database.DuplicateKeys;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.processing.streaming.segmenting.Segment;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.ReplayToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.TokenStore;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.UnableToClaimTokenException;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.UnableToInitializeTokenException;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far each segment of each processor has come, and which process works on it. A claim is one atomic update of one document; it
 * lapses when its owner has not been heard of for the claim timeout, and is not had back by extending it. Beside a token stands the commit
 * it points behind, so that a processor whose past was rolled back stops instead of going on, and when the processor began to read the log
 * from its start, so that what it writes now can be told from what it wrote before it was told to read everything anew.
 *
 * <p>Of Axon it stands on {@code TokenStore} and {@code Segment} as they are in 5.0.1; of what is ours only {@link SegmentChange} knows segments
 * besides.
 */
public final class MongoTokenStore implements TokenStore {

    private static final Logger LOG = LoggerFactory.getLogger(MongoTokenStore.class);

    private static final String STORE_ID = "store";

    private final MongoCollection<Document> tokens;
    private final LogIdentity log;
    private final String owner;
    private final Duration claimTimeout;
    private final Clock clock;
    private final Consumer<String> onClaim;

    /** As the claimed segments of a processor say it. */
    private final Map<String, Long> begun = new ConcurrentHashMap<>();

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
        tokens.createIndex(Indexes.ascending("processor"));
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
            begun.put(processor, clock.millis());
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
                .append("mask", segment.getMask())
                .append("begun", begun(processor));
        if (token != null) {
            long position = position(token);
            document.append("position", position);
            witness(processor, position).ifPresent(seen -> document.append("witness", seen));
        }
        return document;
    }

    /**
     * When the processor began to read its log from the start, in milliseconds since 1970, as the segments say that this process claimed;
     * 0 for one of before this was kept. It grows each time that all of the log is to be read anew.
     */
    public long begun(String processor) {
        return begun.getOrDefault(processor, 0L);
    }

    /** {@link #begun} of a processor whose segments others may have, as it is stored now. */
    public long storedBegun(String processor) {
        return segmentsOf(processor).stream()
                .map(stored -> stored.get("begun"))
                .filter(Number.class::isInstance)
                .mapToLong(at -> ((Number) at).longValue())
                .max()
                .orElse(0);
    }

    /**
     * What tells later whether the log still is the one that the token is a position in; empty at its beginning.
     *
     * @throws UnableToClaimTokenException if the log shows nothing before the position: it went back, or is not shown by a primary that was
     *     just elected
     */
    private Optional<Document> witness(String processor, long position) {
        var seen = log.before(position);
        if (seen.isEmpty() && position > 0) {
            throw new UnableToClaimTokenException(
                    "the log shows no commit before position %d, to which processor %s has come"
                            .formatted(position, processor));
        }
        return seen.map(WitnessDocument::of);
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
            if (token instanceof ReplayToken) {
                updates.add(Updates.max("begun", clock.millis()));
            }
            if (token == null) {
                updates.add(Updates.unset("position"));
                updates.add(Updates.unset("witness"));
            } else {
                long position = position(token);
                updates.add(set("position", position));
                updates.add(witness(processor, position)
                        .map(seen -> set("witness", seen))
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
            try {
                return claimedToken(processor, segment);
            } catch (MongoException e) {
                // Axon's coordinator takes this for a segment that somebody else has, and asks again; see
                // fetchAvailableSegments.
                throw new UnableToClaimTokenException(
                        "segment %d of processor %s cannot be claimed now".formatted(segment, processor), e);
            }
        });
    }

    private @Nullable TrackingToken claimedToken(String processor, int segment) {
        var claimed = claim(processor, segment);
        if (claimed.get("begun") instanceof Number at) {
            begun.merge(processor, at.longValue(), Math::max);
        }
        onClaim.accept(processor);
        var position = claimed.get("position", Number.class);
        if (position == null) {
            return null;
        }
        var witness = claimed.get("witness", Document.class);
        if (witness != null) {
            var seen = WitnessDocument.from(witness);
            if (!log.holds(seen)) {
                throw new LogRolledBack(processor, segment, seen);
            }
        }
        return new GlobalSequenceTrackingToken(position.longValue());
    }

    @Override
    public CompletableFuture<Void> extendClaim(String processor, int segment, @Nullable ProcessingContext context) {
        return run(() -> {
            var extended = tokens.updateOne(
                    and(eq(id(processor, segment)), eq("owner", owner)), set("claimedAt", Date.from(clock.instant())));
            if (extended.getMatchedCount() == 0) {
                throw notClaimed(processor, segment);
            }
        });
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
        return now(() -> {
            try {
                return free(processor);
            } catch (MongoException e) {
                // Of an error Axon's coordinator makes a second coordinator beside itself, and both go on: nothing is
                // free instead.
                LOG.debug("segments of processor {} cannot be looked for now", processor, e);
                return List.of();
            }
        });
    }

    private List<Segment> free(String processor) {
        var silentSince = clock.instant().minus(claimTimeout);
        return segmentsOf(processor).stream()
                .filter(stored -> stored.getString("owner") == null
                        || owner.equals(stored.getString("owner"))
                        || stored.get("claimedAt", Date.class).toInstant().isBefore(silentSince))
                .map(MongoTokenStore::segment)
                .toList();
    }

    private List<Document> segmentsOf(String processor) {
        var stored = tokens.find(eq("processor", processor)).into(new ArrayList<>());
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

    /**
     * How far a segment has come, as it was stored last.
     *
     * @param position behind the last event that needs not be read again
     * @param followed whether somebody holds a claim that has not lapsed
     */
    public record Stored(int segment, long position, boolean followed) {}

    /**
     * The segments of each processor, whoever works on them, asked of the database within {@code limit}.
     *
     * @param lapsed when a claim that was not extended since counts for nothing
     */
    public static Map<String, List<Stored>> stored(
            MongoDatabase database, String collection, Instant lapsed, Duration limit) {
        var byProcessor = new HashMap<String, List<Document>>();
        Guarantees.on(database)
                .withTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .getCollection(collection)
                .find(Filters.exists("processor"))
                .forEach(stored -> byProcessor
                        .computeIfAbsent(stored.getString("processor"), _ -> new ArrayList<>())
                        .add(stored));
        var segments = new HashMap<String, List<Stored>>();
        byProcessor.forEach((processor, stored) -> segments.put(
                processor,
                SegmentChange.counting(stored, MongoTokenStore::segment).stream()
                        .map(one -> new Stored(
                                one.getInteger("segment"),
                                one.get("position") instanceof Number position ? position.longValue() : 0,
                                one.getString("owner") != null
                                        && !one.getDate("claimedAt").toInstant().isBefore(lapsed)))
                        .toList()));
        return segments;
    }
}
