package menara.capacity.reservation;

import menara.capacity.boundary.Boundary;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Campus;
import menara.capacity.commitments.Demand;
import menara.eventstore.spring.EventSourcedState;
import menara.eventstore.spring.state.CurrentStates;
import org.springframework.stereotype.Component;

/** Turns what is asked for over HTTP into racks. */
@Component
public class Sizing {

    private final CurrentStates current;
    private final EventSourcedState<Boundary, Campus, CampusEvent> layout;

    Sizing(CurrentStates current, EventSourcedState<Boundary, Campus, CampusEvent> layout) {
        this.current = current;
        this.layout = layout;
    }

    /** @throws menara.platform.web.InvalidField naming what cannot be asked for */
    public Demand demand(RacksRequest wish) {
        return wish.isBySize()
                ? wish.of(wish.racks(current.get(layout, new Boundary.Layout()))).demand()
                : wish.demand();
    }
}
