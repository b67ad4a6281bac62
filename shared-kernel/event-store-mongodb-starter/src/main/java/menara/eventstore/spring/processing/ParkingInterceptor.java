package menara.eventstore.spring.processing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import menara.eventstore.mongodb.processing.MongoParkingLot;
import menara.eventstore.mongodb.processing.MongoTokenStore;
import menara.eventstore.spring.Correlation;
import menara.eventstore.spring.NotThereYet;
import menara.eventstore.spring.UnknownEvent;
import menara.eventstore.spring.processing.Followers.Follower;
import menara.eventstore.spring.read.Batch;
import menara.eventstore.spring.read.Fence;
import menara.eventstore.spring.read.Handling;
import org.axonframework.messaging.core.Context;
import org.axonframework.messaging.core.MessageHandlerInterceptor;
import org.axonframework.messaging.core.MessageHandlerInterceptorChain;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a handler under the event's correlation id and behind its fence, tries it again with growing pauses, and parks the event if it still
 * fails after a while. While the database does not answer, which is not the event's fault, it tries without limit. The writes of a batch to
 * read models are gathered and written together.
 */
final class ParkingInterceptor implements MessageHandlerInterceptor<EventMessage> {

    private static final Logger LOG = LoggerFactory.getLogger(ParkingInterceptor.class);

    /** Pause before the second try; it doubles with each further one. */
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final long MAX_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final Context.ResourceKey<Gathered> GATHERED = Context.ResourceKey.withLabel("gathered");

    private final String processor;
    private final boolean gathers;
    private final MongoParkingLot lot;
    private final MongoTokenStore tokens;
    private final EventSequence sequence;
    private final Duration patience;
    private final BooleanSupplier stopping;

    /**
     * @param patience how long an event is tried, not counting faults of the database, before it is parked
     * @param stopping whether the process is stopping, so that waits for the database end
     */
    ParkingInterceptor(
            Follower follower,
            MongoParkingLot lot,
            MongoTokenStore tokens,
            EventSequence sequence,
            Duration patience,
            BooleanSupplier stopping) {
        this.processor = follower.name();
        this.gathers = follower.writesOnly();
        this.lot = lot;
        this.tokens = tokens;
        this.sequence = sequence;
        this.patience = patience;
        this.stopping = stopping;
    }

    @Override
    public MessageStream<?> interceptOnHandle(
            EventMessage event, ProcessingContext context, MessageHandlerInterceptorChain<EventMessage> chain) {
        var one = new One(
                event,
                sequence.of(event),
                () -> chain.proceed(event, context)
                        .ignoreEntries()
                        .asCompletableFuture()
                        .join());
        if (gathers) {
            var gathered = context.computeResourceIfAbsent(GATHERED, () -> gather(context));
            handle(one, Optional.of(gathered));
            gathered.handled().add(one);
            if (gathered.changes().isFull()) {
                write(gathered);
            }
        } else {
            handle(one, Optional.empty());
        }
        return MessageStream.empty();
    }

    /** @param handler passes the event to its handlers */
    private record One(EventMessage event, String key, Runnable handler) {}

    /**
     * The handled events of a batch whose changes are not written yet.
     *
     * @param handled its events, in order
     */
    private record Gathered(Batch changes, List<One> handled) {}

    private Gathered gather(ProcessingContext context) {
        var gathered = new Gathered(new Batch(), new ArrayList<>());
        context.runOnPostInvocation(_ -> write(gathered)); // before the token is stored
        return gathered;
    }

    /**
     * Writes the gathered changes. If they cannot be written together, the events are handled again one by one, so that a faulty one does
     * not affect the others.
     */
    private void write(Gathered gathered) {
        try {
            evenWithoutDatabase(gathered.handled().size() + " events", gathered.changes()::write);
            gathered.handled().clear();
        } catch (RuntimeException e) {
            if (stopping.getAsBoolean()) {
                throw e; // they are handled again after the start
            }
            var handled = List.copyOf(gathered.handled());
            gathered.handled().clear();
            gathered.changes().cut(0);
            handled.forEach(one -> handle(one, Optional.empty()));
        }
    }

    private void handle(One one, Optional<Gathered> gathered) {
        var event = one.event();
        Correlation.run(
                event.metadata().getOrDefault(Correlation.KEY, event.identifier()),
                () -> patiently(one, gathered, () -> {
                    if (lot.isParked(processor, one.key())) {
                        gathered.ifPresent(this::write); // parked events stay in order
                        if (lot.parkBehind(processor, one.key(), event)) {
                            return;
                        }
                    }
                    Handling.run(
                            Fence.of(processor, one.key(), tokens.begun(processor), event),
                            gathered.map(Gathered::changes),
                            one.handler());
                }));
    }

    /** @param gathered gathered changes of the same batch; they are written before an event waits or is parked */
    private void patiently(One one, Optional<Gathered> gathered, Runnable handler) {
        long waited = 0; // a wait for this event alone: a fault of the database stops all
        long pause = FIRST_PAUSE_NANOS;
        while (true) {
            int before = gathered.map(of -> of.changes().size()).orElse(0);
            try {
                evenWithoutDatabase(one.event().type().toString(), handler);
                return;
            } catch (RuntimeException e) {
                if (stopping.getAsBoolean() || e instanceof UnknownEvent) {
                    throw e; // it is tried again after the start, or by a newer version
                }
                gathered.ifPresent(of -> {
                    of.changes().cut(before);
                    write(of);
                });
                if (waited >= patience.toNanos()) {
                    // If there is no room to park it, the processor stops.
                    evenWithoutDatabase(one.event().type().toString(), () -> park(one, cause(e)));
                    return;
                }
            }
            LockSupport.parkNanos(pause);
            waited += pause;
            pause = Math.min(2 * pause, MAX_PAUSE_NANOS);
        }
    }

    /** Repeats {@code work} while the database does not answer; other failures are thrown. */
    private void evenWithoutDatabase(String with, Runnable work) {
        long pause = FIRST_PAUSE_NANOS;
        boolean told = false;
        while (true) {
            try {
                work.run();
                return;
            } catch (RuntimeException e) {
                var cause = cause(e);
                var fault = DatabaseFaults.in(cause);
                if (stopping.getAsBoolean() || fault.isEmpty()) {
                    throw e;
                }
                if (fault.get() instanceof UnknownEvent unknown) {
                    throw unknown; // a newer version goes on with it
                }
                if (!told) {
                    LOG.warn("processor {} waits for the database with {}", processor, with, cause);
                    told = true;
                }
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(2 * pause, MAX_PAUSE_NANOS);
        }
    }

    private static Throwable cause(RuntimeException e) {
        return e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
    }

    private void park(One one, Throwable cause) {
        var event = one.event();
        lot.park(processor, one.key(), event, Optional.of(cause.toString()), NotThereYet.awaited(cause));
        LOG.error("processor {} cannot handle {} {} and parks it", processor, event.type(), event.identifier(), cause);
    }
}
