package menara.capacity.layout;

import java.time.Instant;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.RackId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A rack became part of the inventory. The rack has no tag of its own: its hall's covers it (ADR 20).
 *
 * @param rack the rack
 * @param hall the hall it stands in
 * @param phase the phase of that hall
 * @param gpus GPUs in the rack
 * @param model what kind of rack it is
 * @param plannedPower power it is planned to draw, in watts
 * @param at when it was recorded
 */
@Event(namespace = "menara.capacity", name = "RackRegistered", version = "1")
public record RackRegistered(
        RackId rack,
        @EventTag(key = Tags.NODE) NodeId hall,
        @EventTag(key = Tags.NODE) PhaseId phase,
        int gpus,
        String model,
        Power plannedPower,
        Instant at)
        implements LayoutEvent {}
