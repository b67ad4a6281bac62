package menara.eventstore.mongodb.processing;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import menara.eventstore.mongodb.LogIdentity;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.processing.streaming.segmenting.Segment;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.TokenStore;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.UnableToClaimTokenException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens of event processors: how far each segment, a share of the events, has come, and which process works on it. A claim is one
 * atomic update of one document; it lapses when its owner is silent for the claim timeout, and cannot be regained by extending it. A token
 * is stored with the commit before its position, so that a processor whose past was rolled back stops, and with the time at which the
 * processor began to read the log from its start, so that its writes after a reset can be told from earlier ones.
 *
 * <p>It depends on Axon's internal {@code TokenStore} and {@code Segment} as they are in 5.0.1; only {@link SegmentChange} and
 * {@link SegmentDocuments} know segments besides.
 */
public final class MongoTokenStore implements TokenStore {

    private static final Logger LOG = LoggerFactory.getLogger(MongoTokenStore.class);

    private final TokenFields fields;
    private final SegmentDocuments segments;
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
     * @param onClaim called with the name of a processor when this process has claimed a segment of it, before any event of the segment is
     * handled; {@link MongoParkingLot#forgetCached} goes here
     */
    public MongoTokenStore(
            MongoDatabase database,
            String collection,
            LogIdentity log,
            String owner,
            Duration claimTimeout,
            Clock clock,
            Consumer<String> onClaim) {
        this.fields = new TokenFields(log, clock);
        this.segments = new SegmentDocuments(database, collection, owner, claimTimeout, clock, fields);
        this.onClaim = onClaim;
    }

    /** Tokens are written at once, whatever the processing context does later: a token is never ahead of its work. */
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
            if (!segments.of(processor).isEmpty()) {
                throw new UnableToClaimTokenException("processor %s has segments already".formatted(processor));
            }
            fields.begin(processor);
            // One for all events first, claimed, and then split: a crash leaves them all with a segment.
            segments.addClaimed(processor, Segment.ROOT_SEGMENT, initialToken);
            var parts = Segment.splitBalanced(Segment.ROOT_SEGMENT, segmentCount - 1);
            var split = new SegmentChange();
            split.remove(Segment.ROOT_SEGMENT.getSegmentId());
            parts.forEach(segment -> split.add(segment, initialToken));
            split.apply(segments.changesOf(processor));
            return parts;
        });
    }

    @Override
    public CompletableFuture<Void> initializeSegment(
            @Nullable TrackingToken token, String processor, Segment segment, @Nullable ProcessingContext context) {
        return run(() -> {
            var change = changeIn(context, processor);
            if (change.isEmpty()) {
                segments.add(processor, segment, token);
            } else {
                change.get().add(segment, token);
            }
        });
    }

    /** The present change; empty if there is none, or no unit of work that would complete it. */
    private static Optional<SegmentChange> changeIn(@Nullable ProcessingContext context, String processor) {
        return context == null || !context.containsResource(SegmentChange.IN_WORK)
                ? Optional.empty()
                : Optional.ofNullable(context.getResource(SegmentChange.IN_WORK).get(processor));
    }

    private SegmentChange begun(ProcessingContext context, String processor) {
        return context.computeResourceIfAbsent(SegmentChange.IN_WORK, SegmentChange::none)
                .computeIfAbsent(processor, _ -> {
                    var change = new SegmentChange();
                    context.runOnCommit(_ -> change.apply(segments.changesOf(processor)));
                    return change;
                });
    }

    /**
     * When the processor began to read its log from the start, in milliseconds since 1970, from the segments that this process claimed; 0
     * if it began before this was stored. It grows each time the log is read again from the start.
     */
    public long begun(String processor) {
        return fields.begun(processor);
    }

    /** {@link #begun} of a processor whose segments other processes may have, read from the database. */
    public long storedBegun(String processor) {
        return segments.of(processor).stream()
                .mapToLong(TokenFields::begun)
                .max()
                .orElse(0);
    }

    @Override
    public CompletableFuture<Void> storeToken(
            @Nullable TrackingToken token, String processor, int segment, @Nullable ProcessingContext context) {
        return run(() -> segments.store(processor, segment, token));
    }

    @Override
    @SuppressWarnings("NullAway") // Axon asks for null where there is no token yet
    public CompletableFuture<TrackingToken> fetchToken(
            String processor, int segment, @Nullable ProcessingContext context) {
        return now(() -> {
            try {
                return claimedToken(processor, segment);
            } catch (MongoException e) {
                // Axon's coordinator takes this for a segment of another process, and asks again; see
                // fetchAvailableSegments.
                throw new UnableToClaimTokenException(
                        "segment %d of processor %s cannot be claimed now".formatted(segment, processor), e);
            }
        });
    }

    private @Nullable TrackingToken claimedToken(String processor, int segment) {
        var claimed = segments.claim(processor, segment);
        fields.learn(processor, claimed);
        onClaim.accept(processor);
        return fields.token(processor, segment, claimed);
    }

    @Override
    public CompletableFuture<Void> extendClaim(String processor, int segment, @Nullable ProcessingContext context) {
        return run(() -> segments.extend(processor, segment));
    }

    @Override
    public CompletableFuture<Void> releaseClaim(String processor, int segment, @Nullable ProcessingContext context) {
        return run(() -> {
            // A segment that is being changed is free only after the change.
            if (changeIn(context, processor)
                    .filter(change -> change.concerns(segment))
                    .isEmpty()) {
                segments.release(processor, segment);
            }
        });
    }

    @Override
    public CompletableFuture<Void> deleteToken(String processor, int segment, @Nullable ProcessingContext context) {
        return run(() -> {
            if (context == null) {
                segments.changesOf(processor).delete(segment);
            } else {
                begun(context, processor).remove(segment);
            }
        });
    }

    @Override
    @SuppressWarnings("NullAway") // Axon asks for null where there is no such segment
    public CompletableFuture<Segment> fetchSegment(String processor, int segment, @Nullable ProcessingContext context) {
        return now(() -> {
            return all(processor).stream()
                    .filter(stored -> stored.getSegmentId() == segment)
                    .findFirst()
                    .orElse(null);
        });
    }

    @Override
    public CompletableFuture<List<Segment>> fetchSegments(String processor, @Nullable ProcessingContext context) {
        return now(() -> all(processor));
    }

    private List<Segment> all(String processor) {
        return segments.of(processor).stream().map(SegmentDocuments::segment).toList();
    }

    @Override
    public CompletableFuture<List<Segment>> fetchAvailableSegments(
            String processor, @Nullable ProcessingContext context) {
        return now(() -> {
            try {
                return segments.free(processor);
            } catch (MongoException e) {
                // After an error Axon's coordinator would start a second one beside itself, and both go on: so no
                // segment is reported free
                // instead.
                LOG.debug("cannot look for segments of processor {} now", processor, e);
                return List.of();
            }
        });
    }

    @Override
    public CompletableFuture<String> retrieveStorageIdentifier(@Nullable ProcessingContext context) {
        return now(segments::storageIdentifier);
    }

    /**
     * The last stored progress of a segment.
     *
     * @param position position after the last event that need not be read again
     * @param followed whether a process holds a claim that has not lapsed
     */
    public record Stored(int segment, long position, boolean followed) {}

    /**
     * The segments of each processor, of all processes; the read ends within {@code limit}.
     *
     * @param lapsed claims not extended since then have lapsed
     */
    public static Map<String, List<Stored>> stored(
            MongoDatabase database, String collection, Instant lapsed, Duration limit) {
        var found = new HashMap<String, List<Stored>>();
        SegmentDocuments.all(database, collection, limit)
                .forEach((processor, segments) -> found.put(
                        processor,
                        segments.stream()
                                .map(one -> new Stored(
                                        one.getInteger("segment"),
                                        TokenFields.positionOf(one),
                                        SegmentDocuments.isFollowed(one, lapsed)))
                                .toList()));
        return found;
    }
}
