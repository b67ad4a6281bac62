package menara.capacity.campus;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import menara.capacity.layout.PowerNode;
import menara.values.NodeId;
import menara.values.Power;

/** What feeds what, from the grid down to the racks, node by node and by name. Immutable. */
public record PowerTree(Buckets<PowerNodeState> nodes) {

    static final PowerTree NONE = new PowerTree(Buckets.empty());

    public Optional<PowerNodeState> powerNode(String name) {
        return Optional.ofNullable(nodes.get(name));
    }

    /** All nodes, by name. */
    public List<PowerNodeState> all() {
        return nodes.values()
                .sorted(Comparator.comparing(
                        powerNode -> powerNode.node().node().value()))
                .toList();
    }

    public boolean isEmpty() {
        return nodes.isEmpty();
    }

    /** Those names and all nodes above them, each once. An unknown node gives only its own name. */
    List<String> above(Collection<NodeId> names) {
        var path = new LinkedHashSet<String>();
        for (NodeId name : names) {
            powerNode(name.value())
                    .ifPresentOrElse(powerNode -> path.addAll(powerNode.path()), () -> path.add(name.value()));
        }
        return List.copyOf(path);
    }

    PowerTree plus(PowerNode node) {
        var name = node.node().value();
        var path = new ArrayList<>(List.of(name));
        path.addAll(above(node.fedBy()));
        var free = Headroom.of(node.rating().limit());
        return new PowerTree(nodes.plus(name, new PowerNodeState(node, limit(node), path, free)));
    }

    /** A node may be built for more than what feeds it, and carries no more than that: each of its feeders must carry all of it. */
    private Power limit(PowerNode node) {
        return node.fedBy().stream()
                .flatMap(feeder -> powerNode(feeder.value()).stream())
                .map(PowerNodeState::limit)
                .reduce(node.rating().limit(), (one, other) -> one.compareTo(other) <= 0 ? one : other);
    }

    /** Changes what is free at some nodes, by an amount for each. */
    <T> PowerTree with(Map<String, T> amounts, BiFunction<Headroom, T, Headroom> change) {
        return new PowerTree(nodes.changed(
                amounts,
                (powerNode, amount) ->
                        powerNode == null ? null : powerNode.with(change.apply(powerNode.free(), amount))));
    }
}
