package menara.eventstore.spring.processing;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventstreaming.StreamableEventSource;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.jspecify.annotations.Nullable;

/**
 * A log without a filter. Axon would read the handled events only, and the token of a processor would stay before all skipped events: after
 * a restart it would read them all again, and its progress would be unknown.
 */
final class Whole implements StreamableEventSource {

    private final StreamableEventSource log;
    private final Consumer<RuntimeException> onFault;
    private volatile @Nullable RuntimeException fault;

    /** @param onFault called each time the log cannot be read */
    Whole(StreamableEventSource log, Consumer<RuntimeException> onFault) {
        this.log = log;
        this.onFault = onFault;
    }

    /** Why the log cannot be followed now; empty if nothing is wrong. */
    Optional<RuntimeException> fault() {
        return Optional.ofNullable(fault);
    }

    @Override
    public MessageStream<EventMessage> open(StreamingCondition condition, @Nullable ProcessingContext context) {
        return new SteadyStream(
                condition.position(),
                behind -> log.open(StreamingCondition.startingFrom(behind), context),
                this::followed);
    }

    private void followed(Optional<RuntimeException> now) {
        fault = now.orElse(null);
        now.ifPresent(onFault);
    }

    @Override
    public CompletableFuture<TrackingToken> firstToken(@Nullable ProcessingContext context) {
        return log.firstToken(context);
    }

    @Override
    public CompletableFuture<TrackingToken> latestToken(@Nullable ProcessingContext context) {
        return log.latestToken(context);
    }

    @Override
    public CompletableFuture<TrackingToken> tokenAt(Instant at, @Nullable ProcessingContext context) {
        return log.tokenAt(at, context);
    }
}
