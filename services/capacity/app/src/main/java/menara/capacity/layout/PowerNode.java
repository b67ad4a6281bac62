package menara.capacity.layout;

import java.util.List;
import menara.values.NodeId;

/**
 * A piece of equipment between the grid and the racks, or of cooling, that carries only so much. The racks it feeds count in full against
 * its limit, even if other nodes feed them too, because any of those may fail.
 *
 * @param node its name
 * @param kind what it is
 * @param fedBy nodes that feed it, each able to carry all of it; none for a utility and for cooling
 * @param rating what it is built for
 */
public record PowerNode(NodeId node, NodeKind kind, List<NodeId> fedBy, Rating rating) {

    public PowerNode {
        fedBy = List.copyOf(fedBy);
    }
}
