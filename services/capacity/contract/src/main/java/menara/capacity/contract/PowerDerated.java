package menara.capacity.contract;

import java.time.Instant;
import java.util.UUID;
import menara.values.NodeId;
import menara.values.Power;
import menara.values.PublishedEvent;
import org.jspecify.annotations.Nullable;

/**
 * A node of the campus carries less than it was built for, or some of it is held back.
 *
 * @param derating the derating's own id
 * @param node a phase, a hall, or a node of the power tree
 * @param cause outage, maintenance, cooling or reserve
 * @param lost power that is not there, in watts
 * @param from first instant without it
 * @param until first instant with it again; null if it is not known
 * @param at when it was recorded
 */
@PublishedEvent(namespace = "menara.capacity", name = "PowerDerated", version = "1")
public record PowerDerated(
        UUID derating,
        NodeId node,
        String cause,
        Power lost,
        Instant from,
        @Nullable Instant until,
        Instant at) {}
