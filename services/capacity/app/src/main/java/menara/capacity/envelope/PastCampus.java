package menara.capacity.envelope;

import java.time.Instant;
import menara.capacity.campus.Boundary;
import menara.capacity.campus.Campus;
import menara.capacity.events.CampusEvent;
import menara.eventstore.spring.Commands;
import menara.eventstore.spring.EventSourcedState;
import menara.eventstore.spring.state.PastStates;
import org.springframework.stereotype.Component;

/** The campus as it was known at an instant. */
@Component
public class PastCampus {

    private final Commands commands;
    private final PastStates states;
    private final EventSourcedState<Boundary, Campus, CampusEvent> definition;

    PastCampus(Commands commands, PastStates states, EventSourcedState<Boundary, Campus, CampusEvent> definition) {
        this.commands = commands;
        this.states = states;
        this.definition = definition;
    }

    /**
     * Folded from what was recorded until then; the present one is in memory.
     *
     * @param asOf when it was known
     * @param now the present
     */
    public Campus campus(Instant asOf, Instant now) {
        return asOf.isBefore(now)
                ? states.fold(
                        definition, new Boundary.Site(), event -> !event.at().isAfter(asOf))
                : commands.send(new FindCampus(), Campus.class);
    }
}
