package menara.capacity.inventory;

import menara.values.NodeId;
import menara.values.Power;
import menara.values.RackId;

/**
 * One rack of an import.
 *
 * @param rack its name on the floor plan
 * @param hall the hall it stands in
 * @param gpus GPUs in it
 * @param model what kind of rack it is
 * @param plannedPower power it is planned to draw
 */
record RackLine(RackId rack, NodeId hall, int gpus, String model, Power plannedPower) {}
