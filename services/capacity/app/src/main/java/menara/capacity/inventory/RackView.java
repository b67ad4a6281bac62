package menara.capacity.inventory;

import java.time.Instant;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.RackId;

/** A rack of the inventory as it is shown. */
record RackView(
        RackId rack, NodeId hall, PhaseId phase, int gpus, String model, Power plannedPower, Instant registeredAt) {}
