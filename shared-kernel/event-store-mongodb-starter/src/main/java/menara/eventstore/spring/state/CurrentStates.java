package menara.eventstore.spring.state;

import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import menara.eventstore.spring.EventSourcedState;
import menara.eventstore.spring.read.Handling;
import org.axonframework.common.configuration.AxonConfiguration;
import org.axonframework.messaging.core.unitofwork.UnitOfWorkFactory;
import org.axonframework.modelling.StateManager;

/** Answers questions from the states that decisions are made on. A question sends no command and appends nothing. */
public final class CurrentStates {

    private final Supplier<AxonConfiguration> axon;
    private final MongoEventStorageEngine log;

    public CurrentStates(Supplier<AxonConfiguration> axon, MongoEventStorageEngine log) {
        this.axon = axon;
        this.log = log;
    }

    /**
     * The state after every event that was acknowledged before the call, by this process or another. The database is asked once what others
     * have appended; of the state only newer events are read.
     *
     * @throws RuntimeException what the database failed of
     */
    public <I, S> S get(EventSourcedState<I, S, ?> definition, I id) {
        Handling.writeGathered(); // what an event handler wrote before it asks is there when it acts on the answer
        log.refresh();
        var configuration = axon.get();
        try {
            return configuration
                    .getComponent(UnitOfWorkFactory.class)
                    .create()
                    .executeWithResult(context -> configuration
                            .getComponent(StateManager.class)
                            .loadEntity(definition.stateType(), id, context))
                    .get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : unreadable(definition, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreadable(definition, e);
        }
    }

    private static IllegalStateException unreadable(EventSourcedState<?, ?, ?> definition, Exception e) {
        return new IllegalStateException(definition.stateType().getSimpleName() + " could not be read", e);
    }
}
