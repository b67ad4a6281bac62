package menara.capacity.contract;

import java.time.Instant;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.PublishedEvent;
import menara.values.RackId;

/**
 * A rack became part of the inventory.
 *
 * @param rack the rack
 * @param hall the hall it stands in
 * @param phase the phase it belongs to
 * @param gpus GPUs in the rack
 * @param plannedPower power it is planned to draw, in watts
 * @param at when it was registered
 */
@PublishedEvent(namespace = "menara.capacity", name = "RackRegistered", version = "1")
public record RackRegistered(RackId rack, NodeId hall, PhaseId phase, int gpus, Power plannedPower, Instant at) {}
