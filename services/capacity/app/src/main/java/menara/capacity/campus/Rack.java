package menara.capacity.campus;

import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.RackId;

/**
 * A rack of the inventory.
 *
 * @param rack its name
 * @param hall the hall it stands in
 * @param phase the phase of that hall
 * @param gpus GPUs in it
 * @param model what kind of rack it is
 * @param power power it is planned to draw, in watts
 * @param taken when it is promised
 */
public record Rack(RackId rack, NodeId hall, PhaseId phase, int gpus, String model, Power power, Occupancy taken) {

    Rack with(Occupancy occupancy) {
        return new Rack(rack, hall, phase, gpus, model, power, occupancy);
    }
}
