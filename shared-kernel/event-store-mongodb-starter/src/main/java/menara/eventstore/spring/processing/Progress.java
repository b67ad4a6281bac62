package menara.eventstore.spring.processing;

import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import menara.eventstore.mongodb.processing.MongoTokenStore;
import menara.eventstore.mongodb.processing.MongoTokenStore.Stored;
import menara.eventstore.spring.processing.Followers.Follower;

/** The progress of each follower over all instances: live for segments handled here, and as last stored for the rest. */
public final class Progress {

    /** Collection of the tokens. */
    static final String TOKENS = "tokens";

    /** Limit of a query for progress, after which the answer is that it is unknown. */
    public static final Duration LIMIT = Duration.ofSeconds(2);

    /** How long an answer is reused. */
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A claim this many times older than its timeout does not belong to an instance that is about to continue. */
    private static final int MAX_CLAIMS = 3;

    private final MongoDatabase database;
    private final ProcessorFactory processors;
    private final EventStoreLifecycle lifecycle;
    private final Duration claimTimeout;
    private final Clock clock;
    private volatile Read last = new Read(Map.of(), System.nanoTime() - 2 * FRESH_NANOS);

    private record Read(Map<String, List<Stored>> segments, long nanos) {}

    public Progress(
            MongoDatabase database,
            ProcessorFactory processors,
            EventStoreLifecycle lifecycle,
            Duration claimTimeout,
            Clock clock) {
        this.database = database;
        this.processors = processors;
        this.lifecycle = lifecycle;
        this.claimTimeout = claimTimeout;
        this.clock = clock;
    }

    /** Events that the slowest segment of a follower has not handled. */
    public long lag(Follower follower) {
        return segments(follower).stream()
                .mapToLong(segment -> behind(follower, segment))
                .max()
                .orElseGet(() -> processors.headOf(follower));
    }

    /** The health problem of a follower; empty if an instance follows. */
    public Optional<String> trouble(Follower follower) {
        var segments = segments(follower);
        long waiting = segments.stream()
                .filter(segment -> !segment.followed() && !isHere(follower, segment))
                .mapToLong(segment -> behind(follower, segment))
                .max()
                .orElse(segments.isEmpty() ? processors.headOf(follower) : 0);
        return waiting == 0 ? Optional.empty() : Optional.of("no instance follows; %d events wait".formatted(waiting));
    }

    private long behind(Follower follower, Stored segment) {
        long position = Optional.ofNullable(
                        lifecycle.processor(follower.name()).processingStatus().get(segment.segment()))
                .map(status -> status.getCurrentPosition().orElse(0))
                .orElse(segment.position());
        return Math.max(0, processors.headOf(follower) - position);
    }

    private boolean isHere(Follower follower, Stored segment) {
        return lifecycle.processor(follower.name()).processingStatus().containsKey(segment.segment());
    }

    private List<Stored> segments(Follower follower) {
        var read = last;
        if (System.nanoTime() - read.nanos() > FRESH_NANOS) {
            var lapsed = clock.instant().minus(claimTimeout.multipliedBy(MAX_CLAIMS));
            read = new Read(MongoTokenStore.stored(database, TOKENS, lapsed, LIMIT), System.nanoTime());
            last = read;
        }
        return read.segments().getOrDefault(follower.name(), List.of());
    }
}
