package menara.eventstore.spring.state;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import menara.eventstore.spring.EventSourcedState;
import org.axonframework.common.configuration.AxonConfiguration;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.core.unitofwork.UnitOfWorkFactory;
import org.axonframework.modelling.StateManager;

/** Answers queries from the states that decisions are made on. A query sends no command and appends nothing. */
public final class CurrentStates {

    private final Supplier<AxonConfiguration> axon;
    private final MongoEventStorageEngine log;
    private final Runnable gathered;

    /** @param gathered writes the gathered changes of an event handler before it acts on the answer */
    public CurrentStates(Supplier<AxonConfiguration> axon, MongoEventStorageEngine log, Runnable gathered) {
        this.axon = axon;
        this.log = log;
        this.gathered = gathered;
    }

    /**
     * The state after every event acknowledged before the call, by any process. Reads once what other processes appended, and only the
     * newer events of the state.
     *
     * @throws RuntimeException a failure of the database
     */
    public <I, S> S get(EventSourcedState<I, S, ?> definition, I id) {
        return ask((states, context) -> states.loadEntity(definition.stateType(), id, context));
    }

    /** An answer from two states of one boundary, read one right after the other as for a command that needs both. */
    public <I, S, T, R> R get(
            EventSourcedState<I, S, ?> first, EventSourcedState<I, T, ?> second, I id, BiFunction<S, T, R> answer) {
        return ask((states, context) -> states.loadEntity(first.stateType(), id, context)
                .thenCombine(states.loadEntity(second.stateType(), id, context), answer));
    }

    private <R> R ask(BiFunction<StateManager, ProcessingContext, CompletableFuture<R>> question) {
        gathered.run();
        log.refresh();
        var configuration = axon.get();
        var states = configuration.getComponent(StateManager.class);
        try {
            return configuration
                    .getComponent(UnitOfWorkFactory.class)
                    .create()
                    .executeWithResult(context -> question.apply(states, context))
                    .get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : unreadable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreadable(e);
        }
    }

    private static IllegalStateException unreadable(Exception e) {
        return new IllegalStateException("a state could not be read", e);
    }
}
