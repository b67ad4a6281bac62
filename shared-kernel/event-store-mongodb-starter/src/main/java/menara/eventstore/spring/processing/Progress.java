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

/** How far each follower has come, whichever instance works for it: of what is done here as it is now, of the rest as it was stored last. */
public final class Progress {

    /** Collection of the tokens. */
    static final String TOKENS = "tokens";

    /** Whoever asks how things are is answered or told that it cannot be said, soon. */
    public static final Duration LIMIT = Duration.ofSeconds(2);

    /** What is asked for again within this time is told again. */
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Claims that are this many times older than they hold are not those of somebody who is about to follow. */
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

    /** Events of its log that the slowest segment of a follower has not seen. */
    public long lag(Follower follower) {
        return segments(follower).stream()
                .mapToLong(segment -> behind(follower, segment))
                .max()
                .orElseGet(() -> processors.headOf(follower));
    }

    /** What health has to say about a follower; empty if somebody follows. */
    public Optional<String> trouble(Follower follower) {
        var segments = segments(follower);
        long waiting = segments.stream()
                .filter(segment -> !segment.followed() && !isHere(follower, segment))
                .mapToLong(segment -> behind(follower, segment))
                .max()
                .orElse(segments.isEmpty() ? processors.headOf(follower) : 0);
        return waiting == 0 ? Optional.empty() : Optional.of("nobody follows; %d events wait".formatted(waiting));
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
