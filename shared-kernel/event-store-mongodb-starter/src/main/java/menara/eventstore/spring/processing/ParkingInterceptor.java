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
 * Runs a handler under the event's correlation id and behind its fence, tries it again with growing pauses, and parks the event when it
 * still fails after a while. A database that does not answer is not the event's fault: then it is tried for as long as that lasts. What
 * the events of a batch write to read models is gathered and written together.
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
     * @param patience how long an event is waited for, apart from the database, before it is parked
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

    /** @param handler hands the event to those that handle it */
    private record One(EventMessage event, String key, Runnable handler) {}

    /**
     * What has been handled of a batch and is not written yet.
     *
     * @param handled its events, in order
     */
    private record Gathered(Batch changes, List<One> handled) {}

    private Gathered gather(ProcessingContext context) {
        var gathered = new Gathered(new Batch(), new ArrayList<>());
        context.runOnPostInvocation(_ -> write(gathered)); // before the token is stored
        return gathered;
    }

    /** Writes what was gathered. What cannot be written together is handled once more one by one: what is wrong with one concerns no other. */
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
                        gathered.ifPresent(this::write); // what is parked stays in order
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

    /** @param gathered of the same batch; it is written before anybody is kept waiting or parked */
    private void patiently(One one, Optional<Gathered> gathered, Runnable handler) {
        long waited = 0; // for the event's own sake: for the database, everybody waits
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
                    // Where there is no room to park it, the processor goes no further.
                    evenWithoutDatabase(one.event().type().toString(), () -> park(one, cause(e)));
                    return;
                }
            }
            LockSupport.parkNanos(pause);
            waited += pause;
            pause = Math.min(2 * pause, MAX_PAUSE_NANOS);
        }
    }

    /** Does {@code work} again for as long as the database does not answer; what else goes wrong is thrown. */
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
