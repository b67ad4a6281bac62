package menara.capacity.placement;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import menara.capacity.boundary.Boundary;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Campus;
import menara.capacity.commitments.ReservationConfirmed;
import menara.capacity.commitments.ReservationHeld;
import menara.capacity.commitments.ReservationReplaced;
import menara.eventstore.spring.EventSourcedState;
import menara.eventstore.spring.state.PastStates;
import menara.values.ReservationId;
import org.springframework.stereotype.Component;

/** The campus as it was when a reservation's racks were chosen. */
@Component
public class CampusAtPlacement {

    private final PastStates states;
    private final EventSourcedState<Boundary, Campus, CampusEvent> definition;

    CampusAtPlacement(PastStates states, EventSourcedState<Boundary, Campus, CampusEvent> definition) {
        this.states = states;
        this.definition = definition;
    }

    /** Folds the events before it; a change of the reservation counts as a new choice, without its old racks. */
    public Campus placementOf(ReservationId reservation) {
        var changes = changes(reservation);
        var reached = new AtomicBoolean();
        return states.fold(definition, new Boundary.Site(), event -> {
            if (chooses(event, reservation, changes)) {
                reached.set(true);
            }
            return !reached.get() && !isAbout(event, reservation);
        });
    }

    /** Number of the last change, 0 if there was none. */
    private int changes(ReservationId reservation) {
        var last = new AtomicInteger();
        states.fold(definition, new Boundary.Site(), event -> {
            if (event instanceof ReservationReplaced changed
                    && changed.reservation().equals(reservation)) {
                last.set(changed.number());
            }
            return false;
        });
        return last.get();
    }

    private static boolean chooses(CampusEvent event, ReservationId reservation, int changes) {
        return changes == 0
                ? isAbout(event, reservation)
                : event instanceof ReservationReplaced changed
                        && changed.reservation().equals(reservation)
                        && changed.number() == changes;
    }

    private static boolean isAbout(CampusEvent event, ReservationId reservation) {
        return switch (event) {
            case ReservationConfirmed e -> e.reservation().equals(reservation);
            case ReservationHeld e -> e.reservation().equals(reservation);
            case ReservationReplaced e -> e.reservation().equals(reservation);
            default -> false;
        };
    }
}
