package menara.operations.racks;

import java.time.Instant;
import java.util.UUID;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.RackId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A rack was energised and accepted.
 *
 * @param rack the rack
 * @param hall the hall it stands in; the boundary in which energisation is decided
 * @param phase the phase it belongs to
 * @param gpus GPUs accepted with it
 * @param energisedAt when it was energised
 * @param step which step this was, so that a repetition of it is nothing new
 * @param at when that was recorded
 */
@Event(namespace = "menara.operations", name = "RackEnergised", version = "1")
public record RackEnergised(
        RackId rack,
        @EventTag(key = "hall") NodeId hall,
        PhaseId phase,
        int gpus,
        Instant energisedAt,
        UUID step,
        Instant at)
        implements RackEvent {}
