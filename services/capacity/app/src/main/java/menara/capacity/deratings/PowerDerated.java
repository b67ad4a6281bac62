package menara.capacity.deratings;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import menara.values.NodeId;
import menara.values.Period;
import menara.values.Power;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A node carries less than it was built for.
 *
 * @param derating the derating's own id
 * @param node a phase, a hall, or a node of the power tree
 * @param cause why
 * @param lost power that is not there, in watts
 * @param period when; until the end of the timeline if its end is not known
 * @param reason in words
 * @param path names of the node and of the phase and hall above it, as tagged
 * @param at when it was recorded
 */
@Event(namespace = "menara.capacity", name = "PowerDerated", version = "1")
public record PowerDerated(
        UUID derating,
        NodeId node,
        DeratingCause cause,
        Power lost,
        Period period,
        String reason,
        @EventTag(key = Tags.NODE) List<String> path,
        Instant at)
        implements DeratingEvent {

    public PowerDerated {
        path = List.copyOf(path);
    }
}
