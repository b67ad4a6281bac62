package menara.capacity.reservation;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import menara.capacity.commitments.ReservationEvent;
import menara.eventstore.spring.EventSourcedState;
import menara.eventstore.spring.state.PastStates;
import menara.values.ReservationId;
import org.springframework.stereotype.Component;

/** The first answer to a step, for a caller that repeats the step because the answer was lost. */
@Component
class FirstAnswers {

    private final PastStates states;
    private final EventSourcedState<ReservationId, Reservation, ReservationEvent> definition;

    FirstAnswers(PastStates states, EventSourcedState<ReservationId, Reservation, ReservationEvent> definition) {
        this.states = states;
        this.definition = definition;
    }

    /**
     * @param decided the reservation as it is now
     * @return the reservation as it was right after the step; the present one if the step recorded nothing
     */
    Reservation to(UUID step, Reservation decided) {
        var terms = decided.asked().orElseThrow();
        return step.equals(terms.latest()) || !decided.took(step) ? decided : after(step, terms.reservation());
    }

    private Reservation after(UUID step, ReservationId reservation) {
        var taken = new AtomicBoolean();
        return states.fold(
                definition,
                reservation,
                event -> !taken.get() && (!step.equals(event.step()) || taken.compareAndSet(false, true)));
    }
}
