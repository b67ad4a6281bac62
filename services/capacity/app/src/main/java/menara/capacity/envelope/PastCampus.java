package menara.capacity.envelope;

import java.time.Instant;
import menara.capacity.boundary.Boundary;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Campus;
import menara.eventstore.spring.EventSourcedState;
import menara.eventstore.spring.state.CurrentStates;
import menara.eventstore.spring.state.PastStates;
import org.springframework.stereotype.Component;

/** The campus as of an instant. */
@Component
class PastCampus {

    private final CurrentStates current;
    private final PastStates past;
    private final EventSourcedState<Boundary, Campus, CampusEvent> definition;

    PastCampus(CurrentStates current, PastStates past, EventSourcedState<Boundary, Campus, CampusEvent> definition) {
        this.current = current;
        this.past = past;
        this.definition = definition;
    }

    /**
     * Folds the events recorded until then; the present campus is in memory.
     *
     * @param asOf as-of time
     * @param now the present time
     */
    public Campus campus(Instant asOf, Instant now) {
        return asOf.isBefore(now)
                ? past.fold(
                        definition, new Boundary.Site(), event -> !event.at().isAfter(asOf))
                : current.get(definition, new Boundary.Site());
    }
}
