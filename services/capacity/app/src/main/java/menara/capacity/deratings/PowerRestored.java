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
 * A derating ends earlier than expected.
 *
 * @param derating which one
 * @param node the node that was derated
 * @param regained power that is there again, in watts
 * @param period from the restoration until the expected end of the derating
 * @param path names of the node and of the phase and hall above it, as tagged
 * @param step which step this was, so that a repetition of it is nothing new
 * @param at when it was recorded
 */
@Event(namespace = "menara.capacity", name = "PowerRestored", version = "1")
public record PowerRestored(
        UUID derating,
        NodeId node,
        Power regained,
        Period period,
        @EventTag(key = Tags.NODE) List<String> path,
        UUID step,
        Instant at)
        implements DeratingEvent {

    public PowerRestored {
        path = List.copyOf(path);
    }
}
