package menara.eventstore.spring;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import menara.eventstore.mongodb.processing.MongoParkingLot;
import menara.eventstore.mongodb.processing.MongoTokenStore;
import menara.eventstore.spring.Followers.Follower;
import org.axonframework.messaging.core.MessageHandlerInterceptor;
import org.axonframework.messaging.core.MessageHandlerInterceptorChain;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a handler under the event's correlation id and behind its fence, tries it again with growing pauses, and parks the event when it
 * still fails after a while. A database that does not answer is not the event's fault: then it is tried for as long as that lasts.
 */
final class ParkingInterceptor implements MessageHandlerInterceptor<EventMessage> {

    private static final Logger LOG = LoggerFactory.getLogger(ParkingInterceptor.class);

    /** Pause before the second try; it doubles with each further one. */
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final long MAX_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String processor;
    private final MongoParkingLot lot;
    private final MongoTokenStore tokens;
    private final EventSequence sequence;
    private final Duration patience;
    private final BooleanSupplier stopping;

    /**
     * @param patience how long an event is tried before it is parked
     * @param stopping whether the process ends, so that nobody waits for a database any more
     */
    ParkingInterceptor(
            Follower follower,
            MongoParkingLot lot,
            MongoTokenStore tokens,
            EventSequence sequence,
            Duration patience,
            BooleanSupplier stopping) {
        this.processor = follower.name();
        this.lot = lot;
        this.tokens = tokens;
        this.sequence = sequence;
        this.patience = patience;
        this.stopping = stopping;
    }

    @Override
    public MessageStream<?> interceptOnHandle(
            EventMessage event, ProcessingContext context, MessageHandlerInterceptorChain<EventMessage> chain) {
        var correlation = event.metadata().getOrDefault(Correlation.KEY, event.identifier());
        var key = sequence.of(event);
        Correlation.run(
                correlation,
                () -> patiently(event, key, () -> {
                    if (lot.isParked(processor, key) && lot.parkBehind(processor, key, event)) {
                        return;
                    }
                    Handling.run(
                            Fence.of(processor, key, tokens.begun(processor), event),
                            () -> chain.proceed(event, context)
                                    .ignoreEntries()
                                    .asCompletableFuture()
                                    .join());
                }));
        return MessageStream.empty();
    }

    private void patiently(EventMessage event, String key, Runnable handler) {
        long begun = System.nanoTime();
        long pause = FIRST_PAUSE_NANOS;
        boolean toldOfFault = false;
        Optional<Throwable> givenUp = Optional.empty();
        while (true) {
            try {
                if (givenUp.isPresent()) {
                    park(event, key, givenUp.get());
                } else {
                    handler.run();
                }
                return;
            } catch (RuntimeException e) {
                var cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
                var fault = DatabaseFaults.in(cause);
                if (stopping.getAsBoolean()) {
                    throw e; // it is tried again after the start
                }
                if (fault.isPresent()) {
                    if (fault.get() instanceof UnknownEvent) {
                        throw fault.get(); // a newer version goes on with it
                    }
                    if (!toldOfFault) {
                        LOG.warn("processor {} waits for the database with {}", processor, event.type(), cause);
                        toldOfFault = true;
                    }
                    begun = System.nanoTime();
                } else if (givenUp.isPresent()) {
                    throw e; // there is no room to park it: the processor goes no further
                } else if (System.nanoTime() - begun >= patience.toNanos()) {
                    givenUp = Optional.of(cause);
                    continue;
                }
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(2 * pause, MAX_PAUSE_NANOS);
        }
    }

    private void park(EventMessage event, String key, Throwable cause) {
        lot.park(processor, key, event, Optional.of(cause.toString()), NotThereYet.awaited(cause));
        LOG.error("processor {} cannot handle {} {} and parks it", processor, event.type(), event.identifier(), cause);
    }
}
