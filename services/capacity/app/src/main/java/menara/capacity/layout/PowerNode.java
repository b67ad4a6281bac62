package menara.capacity.layout;

import java.util.List;
import menara.values.NodeId;

/**
 * A piece of equipment between the grid and the racks, or of cooling, that carries only so much. What it feeds counts in full against its
 * limit, whatever else feeds the same racks: any other may be the one that fails.
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
