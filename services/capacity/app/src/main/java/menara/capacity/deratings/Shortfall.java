package menara.capacity.deratings;

import java.time.Instant;
import menara.values.NodeId;
import menara.values.Power;

/**
 * The power that a commitment at risk lacks at one node.
 *
 * @param node the node that cannot carry it beside what was committed before
 * @param from first instant at which most is missing
 * @param missing how much is missing then, in watts
 */
public record Shortfall(NodeId node, Instant from, Power missing) {}
