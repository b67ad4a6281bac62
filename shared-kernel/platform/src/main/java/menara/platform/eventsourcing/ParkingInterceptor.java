package menara.platform.eventsourcing;

import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import menara.eventstore.mongodb.MongoParkingLot;
import org.axonframework.messaging.core.MessageHandlerInterceptor;
import org.axonframework.messaging.core.MessageHandlerInterceptorChain;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a handler under the event's correlation id, tries it again a bounded number of times, and parks the event when it still
 * fails. A database that does not answer is not the event's fault: then the processor waits.
 */
final class ParkingInterceptor implements MessageHandlerInterceptor<EventMessage> {

    private static final Logger LOG = LoggerFactory.getLogger(ParkingInterceptor.class);

    /** Pause before the second try; it doubles with each further one. */
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final String processor;
    private final MongoParkingLot lot;
    private final EventSequence sequence;
    private final int attempts;

    ParkingInterceptor(String processor, MongoParkingLot lot, EventSequence sequence, int attempts) {
        this.processor = processor;
        this.lot = lot;
        this.sequence = sequence;
        this.attempts = attempts;
    }

    @Override
    public MessageStream<?> interceptOnHandle(
            EventMessage event, ProcessingContext context, MessageHandlerInterceptorChain<EventMessage> chain) {
        var correlation = event.metadata().getOrDefault(Correlation.KEY, event.identifier());
        Correlation.run(correlation, () -> Handling.run(() -> handle(event, context, chain)));
        return MessageStream.empty();
    }

    private void handle(
            EventMessage event, ProcessingContext context, MessageHandlerInterceptorChain<EventMessage> chain) {
        var key = sequence.of(event);
        if (lot.isParked(processor, key) && lot.parkBehind(processor, key, event)) {
            return;
        }
        long pause = FIRST_PAUSE_NANOS;
        for (int attempt = 1; ; attempt++) {
            try {
                chain.proceed(event, context)
                        .ignoreEntries()
                        .asCompletableFuture()
                        .join();
                return;
            } catch (RuntimeException e) {
                var cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
                if (cause instanceof MongoException fault && !(fault instanceof MongoWriteException)) {
                    throw fault;
                }
                if (attempt == attempts) {
                    LOG.error(
                            "processor {} cannot handle {} {} and parks it",
                            processor,
                            event.type(),
                            event.identifier(),
                            cause);
                    lot.park(processor, key, event, Optional.of(cause.toString()));
                    return;
                }
            }
            LockSupport.parkNanos(pause);
            pause *= 2;
        }
    }
}
