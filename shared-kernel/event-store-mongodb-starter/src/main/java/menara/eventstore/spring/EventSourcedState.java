package menara.eventstore.spring;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.axonframework.messaging.eventstreaming.EventCriteria;

/**
 * How a state is folded from the log: declare one as a bean and command shells can ask for it with {@code @InjectEntity}.
 * The state must be an immutable value, because it is cached by log position and shared between commands.
 *
 * @param idType type of the command's {@code @TargetEntityId}
 * @param stateType what a shell injects
 * @param families sealed interfaces of the private events, one for each slice with events; every permitted record carries {@code @Event}
 * @param criteria the consistency boundary: the events that a decision on this id depends on, all of them
 * @param initial the state before any event
 * @param evolve folds one event; it never rejects, because the event already happened. Events that the criteria match but that are of none
 * of the {@code families} are skipped.
 * @param form how snapshots of the state are stored, so that a starting process need not fold its whole history; empty for no snapshots
 */
public record EventSourcedState<I, S, E>(
        Class<I> idType,
        Class<S> stateType,
        List<Class<? extends E>> families,
        Function<I, EventCriteria> criteria,
        Function<I, S> initial,
        BiFunction<S, E, S> evolve,
        Optional<StateForm<I, S>> form) {

    public EventSourcedState {
        families = List.copyOf(families);
    }

    /** A state without snapshots, for short histories. */
    public EventSourcedState(
            Class<I> idType,
            Class<S> stateType,
            Class<E> eventFamily,
            Function<I, EventCriteria> criteria,
            Function<I, S> initial,
            BiFunction<S, E, S> evolve) {
        this(idType, stateType, List.of(eventFamily), criteria, initial, evolve, Optional.empty());
    }

    /** The event as one of the families; empty if it is of none of them. */
    public Optional<E> event(Object happened) {
        return families.stream()
                .filter(family -> family.isInstance(happened))
                .findFirst()
                .map(family -> family.cast(happened));
    }

    /** Whether events of that class are folded. */
    public boolean folds(Class<?> type) {
        return families.stream().anyMatch(family -> family.isAssignableFrom(type));
    }

    /** The usual boundary: every event that carries the tag {@code key = id}. */
    public static <I, S, E> EventSourcedState<I, S, E> taggedWith(
            String key, Class<I> idType, Class<S> stateType, Class<E> eventFamily, S none, BiFunction<S, E, S> evolve) {
        return new EventSourcedState<>(
                idType, stateType, eventFamily, id -> EventCriteria.havingTags(key, id.toString()), _ -> none, evolve);
    }

    /** The same, with snapshots in this form. */
    public EventSourcedState<I, S, E> keptAs(StateForm<I, S> chosen) {
        return new EventSourcedState<>(idType, stateType, families, criteria, initial, evolve, Optional.of(chosen));
    }
}
