package menara.capacity.campus;

import java.util.List;
import menara.capacity.layout.PowerNode;
import menara.values.Power;

/**
 * A node of the power tree with what is left of it.
 *
 * @param node what it is
 * @param limit what it can carry, in watts: what it is built for, or less if what feeds it carries less
 * @param path its own name and those of all nodes above it
 * @param free uncommitted part of its own rating, over time; the nodes that feed it may have less or more
 */
public record PowerNodeState(PowerNode node, Power limit, List<String> path, Headroom free) {

    public PowerNodeState {
        path = List.copyOf(path);
    }

    PowerNodeState with(Headroom headroom) {
        return new PowerNodeState(node, limit, path, headroom);
    }
}
