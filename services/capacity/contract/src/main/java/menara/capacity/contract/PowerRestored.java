package menara.capacity.contract;

import java.time.Instant;
import java.util.UUID;
import menara.values.NodeId;
import menara.values.Power;
import menara.values.PublishedEvent;

/**
 * A derating ends earlier than expected.
 *
 * @param derating which one
 * @param node the node that was derated
 * @param regained power that is there again, in watts
 * @param from first instant at which it is there again
 * @param at when it was recorded
 */
@PublishedEvent(namespace = "menara.capacity", name = "PowerRestored", version = "1")
public record PowerRestored(UUID derating, NodeId node, Power regained, Instant from, Instant at) {}
