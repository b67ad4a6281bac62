package menara.capacity.envelope;

import java.time.Instant;
import menara.capacity.campus.Boundary;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.Power;

/** Register a hall of a phase. */
record RegisterHall(NodeId hall, PhaseId phase, Power limit, Instant at) {

    public Boundary boundary() {
        return new Boundary.Layout();
    }
}
