package menara.capacity.layout;

import java.time.Instant;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.Power;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A hall became part of a phase.
 *
 * @param hall the hall
 * @param phase the phase that feeds it
 * @param limit power its distribution carries, in watts
 * @param at when it was recorded
 */
@Event(namespace = "menara.capacity", name = "HallRegistered", version = "1")
public record HallRegistered(
        @EventTag(key = Tags.NODE) NodeId hall,
        @EventTag(key = Tags.NODE) PhaseId phase,
        Power limit,
        Instant at) implements LayoutEvent {}
