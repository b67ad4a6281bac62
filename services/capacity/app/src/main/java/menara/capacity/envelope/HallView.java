package menara.capacity.envelope;

import java.time.Instant;
import menara.capacity.campus.Hall;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.Power;

/** A hall as it is shown. */
record HallView(NodeId hall, PhaseId phase, Power limit, Instant registeredAt) {

    static HallView of(Hall hall) {
        return new HallView(hall.hall(), hall.phase(), hall.limit(), hall.registeredAt());
    }
}
