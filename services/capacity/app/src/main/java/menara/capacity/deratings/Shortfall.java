package menara.capacity.deratings;

import java.time.Instant;
import menara.values.NodeId;
import menara.values.Power;

/**
 * The power that a commitment at risk lacks at one node.
 *
 * @param node the node that cannot carry it beside earlier commitments
 * @param from first instant of the largest shortage
 * @param missing the shortage then, in watts
 */
public record Shortfall(NodeId node, Instant from, Power missing) {}
