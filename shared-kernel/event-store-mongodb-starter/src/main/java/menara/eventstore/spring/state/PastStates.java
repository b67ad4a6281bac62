package menara.eventstore.spring.state;

import java.util.function.Predicate;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import menara.eventstore.spring.EventSourcedState;
import org.axonframework.conversion.Converter;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.messaging.eventhandling.EventMessage;

/** Folds a state from a selection of its events, for as-of queries. Nothing is cached. */
public final class PastStates {

    private final MongoEventStorageEngine engine;
    private final EventTypes types;
    private final Converter converter;

    public PastStates(MongoEventStorageEngine engine, EventTypes types, Converter converter) {
        this.engine = engine;
        this.types = types;
        this.converter = converter;
    }

    /**
     * Reads all events of the state's boundary: milliseconds for thousands of them.
     *
     * @param counts whether an event is folded
     */
    public <I, S, E> S fold(EventSourcedState<I, S, E> definition, I id, Predicate<E> counts) {
        return engine.events(
                        SourcingCondition.conditionFor(definition.criteria().apply(id)))
                .reduce(
                        definition.initial().apply(id),
                        (state, entry) -> evolve(definition, state, entry.message(), counts))
                .join();
    }

    private <S, E> S evolve(EventSourcedState<?, S, E> definition, S state, EventMessage message, Predicate<E> counts) {
        var type = types.known(message.type().qualifiedName());
        if (!definition.folds(type)) {
            return state;
        }
        var happened = message.payloadAs(type, converter);
        return happened == null
                ? state
                : definition
                        .event(happened)
                        .filter(counts)
                        .map(event -> definition.evolve().apply(state, event))
                        .orElse(state);
    }
}
