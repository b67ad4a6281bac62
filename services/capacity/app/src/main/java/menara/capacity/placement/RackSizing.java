package menara.capacity.placement;

import menara.capacity.boundary.Boundary;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Campus;
import menara.capacity.commitments.Demand;
import menara.eventstore.spring.EventSourcedState;
import menara.eventstore.spring.state.CurrentStates;
import org.springframework.stereotype.Component;

/** Turns a request over HTTP into a number of racks. */
@Component
public class RackSizing {

    private final CurrentStates current;
    private final EventSourcedState<Boundary, Campus, CampusEvent> layout;

    RackSizing(CurrentStates current, EventSourcedState<Boundary, Campus, CampusEvent> layout) {
        this.current = current;
        this.layout = layout;
    }

    /** @throws menara.values.refusals.InvalidField naming the invalid field */
    public Demand demand(RacksRequest request) {
        return request.isBySize()
                ? request.of(request.racks(current.get(layout, new Boundary.Layout())))
                        .demand()
                : request.demand();
    }
}
