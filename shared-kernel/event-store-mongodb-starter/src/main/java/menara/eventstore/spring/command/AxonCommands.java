package menara.eventstore.spring.command;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import menara.eventstore.spring.Commands;
import menara.eventstore.spring.Correlation;
import menara.eventstore.spring.Refusals;
import menara.eventstore.spring.processing.ProjectionProgress;
import menara.eventstore.spring.read.Handling;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.messaging.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.core.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * Sends commands through Axon's gateway. A command is decided again, a bounded number of times, if other events were appended first, and if
 * it was refused on an outdated state: a refusal is true for the log as it was after the command arrived.
 */
public final class AxonCommands implements Commands {

    /** Enough for dozens of callers that compete for one boundary; beyond it the caller must try later. */
    static final int MAX_ATTEMPTS = 60;

    /** Upper bound of the random pause before the first repetition, in microseconds; it doubles up to {@link #MAX_PAUSE_MICROS}. */
    private static final int FIRST_PAUSE_MICROS = 200;

    private static final int MAX_PAUSE_MICROS = 20_000;

    /** Causes examined; a longer chain is a circle. */
    private static final int MAX_DEPTH = 20;

    private final Supplier<CommandGateway> gateway;
    private final ProjectionProgress progress;
    private final MongoEventStorageEngine log;
    private final Refusals refusals;

    public AxonCommands(
            Supplier<CommandGateway> gateway,
            ProjectionProgress progress,
            MongoEventStorageEngine log,
            Refusals refusals) {
        this.gateway = gateway;
        this.progress = progress;
        this.log = log;
        this.refusals = refusals;
    }

    @Override
    public <R> R send(Object command, Class<R> resultType) {
        var result = dispatch(command, resultType);
        progress.awaitOwnWrites();
        if (result == null) {
            throw new IllegalStateException("%s returned nothing where %s was expected"
                    .formatted(command.getClass().getSimpleName(), resultType.getSimpleName()));
        }
        return result;
    }

    @Override
    public void send(Object command) {
        dispatch(command, Object.class);
        progress.awaitOwnWrites();
    }

    private <R> @Nullable R dispatch(Object command, Class<R> resultType) {
        Handling.writeGathered();
        int pause = FIRST_PAUSE_MICROS;
        boolean current = false;
        for (int attempt = 1; ; attempt++) {
            long known = log.head();
            try {
                return gateway.get()
                        .send(command, metadata(), null)
                        .resultAs(resultType)
                        .get();
            } catch (ExecutionException e) {
                var refused = refusal(e);
                if (refused != null) {
                    // This process may not have read the latest events of others yet.
                    current |= log.refresh() == known;
                    if (current) {
                        throw refused;
                    }
                    current = true;
                    continue;
                }
                var conflict = find(e, AppendEventsTransactionRejectedException.class, _ -> true);
                if (conflict == null) {
                    throw fault(command, e);
                }
                if (attempt == MAX_ATTEMPTS) {
                    throw new TooContended(command, conflict);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw fault(command, e);
            }
            LockSupport.parkNanos(1_000L * ThreadLocalRandom.current().nextInt(1, pause));
            pause = Math.min(2 * pause, MAX_PAUSE_MICROS);
        }
    }

    private static Metadata metadata() {
        Map<String, String> metadata = new HashMap<>();
        Correlation.current().ifPresent(id -> metadata.put(Correlation.KEY, id));
        return Metadata.from(metadata);
    }

    private static RuntimeException fault(Object command, Exception e) {
        return e.getCause() instanceof RuntimeException cause
                ? cause
                : new IllegalStateException(command.getClass().getSimpleName() + " could not be carried out", e);
    }

    private @Nullable RuntimeException refusal(ExecutionException e) {
        return find(e, RuntimeException.class, refusals::isOne);
    }

    private static <T extends Throwable> @Nullable T find(Throwable thrown, Class<T> type, Predicate<T> wanted) {
        int depth = 0;
        for (Throwable cause = thrown; cause != null && depth < MAX_DEPTH; cause = cause.getCause(), depth++) {
            if (type.isInstance(cause) && wanted.test(type.cast(cause))) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
