package menara.capacity.layout;

import java.time.Instant;
import java.util.List;
import menara.values.NodeId;
import menara.values.PhaseId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * Racks of a hall were connected to the power tree. From now on their commitments count at every node above them.
 *
 * @param hall the hall
 * @param phase the phase of that hall
 * @param racks the connections
 * @param at when it was recorded
 */
@Event(namespace = "menara.capacity", name = "RacksConnected", version = "1")
public record RacksConnected(
        @EventTag(key = Tags.NODE) NodeId hall,
        @EventTag(key = Tags.NODE) PhaseId phase,
        List<RackConnection> racks,
        Instant at)
        implements LayoutEvent {

    public RacksConnected {
        racks = List.copyOf(racks);
    }
}
