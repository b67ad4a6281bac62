package menara.capacity.site;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import menara.capacity.layout.NodeKind;
import menara.capacity.layout.PowerNode;
import menara.values.NodeId;

/** Whether nodes form a power tree: each is fed from above by a node that can carry it, and never by itself. Pure. */
final class PowerTreeValidation {

    /** The kinds are six; more than some steps within each is a wrong document. */
    static final int MAX_HEIGHT = 30;
    /** Nodes that feed one node. */
    static final int MAX_FEEDERS = 8;

    private final List<PowerNode> nodes;
    private final SiteIndex all;
    private final List<SiteError> errors = new ArrayList<>();

    private PowerTreeValidation(List<PowerNode> nodes, SiteIndex all) {
        this.nodes = nodes;
        this.all = all;
    }

    static List<SiteError> errors(List<PowerNode> nodes, SiteIndex all) {
        return new PowerTreeValidation(nodes, all).errors();
    }

    private List<SiteError> errors() {
        for (int i = 0; i < nodes.size(); i++) {
            var field = "powerNodes[%d]".formatted(i);
            var node = nodes.get(i);
            if (node.rating().limit().watts() == 0) {
                error(field + ".rating", "node %s would carry 0 W".formatted(node.node()));
            }
            feeders(field, node);
            for (int f = 0; f < node.fedBy().size(); f++) {
                feeder("%s.fedBy[%d]".formatted(field, f), node, node.fedBy().get(f));
            }
        }
        heights();
        return errors;
    }

    private void feeders(String field, PowerNode node) {
        if (node.fedBy().size() > MAX_FEEDERS) {
            error(field + ".fedBy", "node %s is fed by more than %d nodes".formatted(node.node(), MAX_FEEDERS));
        }
        boolean isSource = node.kind() == NodeKind.UTILITY || node.kind() == NodeKind.COOLING;
        if (isSource && !node.fedBy().isEmpty()) {
            error(
                    field + ".fedBy",
                    "node %s is a %s and fed by nothing here"
                            .formatted(node.node(), node.kind().shown()));
        }
        if (!isSource && node.fedBy().isEmpty()) {
            error(field + ".fedBy", "node %s is an orphan: nothing feeds it".formatted(node.node()));
        }
    }

    private void feeder(String field, PowerNode node, NodeId name) {
        var found = all.powerNode(name);
        if (found.isEmpty()) {
            error(field, "node %s is an orphan: there is no node %s".formatted(node.node(), name));
            return;
        }
        var feeder = found.get();
        if (feeder.kind() == NodeKind.COOLING || feeder.kind().compareTo(node.kind()) > 0) {
            error(
                    field,
                    "node %s, a %s, cannot be fed by %s, a %s"
                            .formatted(
                                    node.node(),
                                    node.kind().shown(),
                                    name,
                                    feeder.kind().shown()));
        }
    }

    private void heights() {
        var heights = new HashMap<NodeId, Integer>();
        for (int i = 0; i < nodes.size(); i++) {
            var node = nodes.get(i).node();
            if (height("powerNodes[%d].fedBy".formatted(i), node, new LinkedHashSet<>(), heights) == MAX_HEIGHT + 1) {
                error(
                        "powerNodes[%d].fedBy".formatted(i),
                        "node %s is more than %d nodes away from the grid".formatted(node, MAX_HEIGHT));
            }
        }
    }

    /** Number of nodes from the grid to this one. Walks up; a node met twice on the way feeds itself. */
    private int height(String field, NodeId name, Set<NodeId> way, Map<NodeId, Integer> heights) {
        var known = heights.get(name);
        if (known != null) {
            return known;
        }
        if (way.contains(name)) {
            var circle = Stream.concat(way.stream().dropWhile(node -> !node.equals(name)), Stream.of(name))
                    .map(NodeId::value)
                    .collect(Collectors.joining(" is fed by "));
            error(field, "node %s feeds itself: %s".formatted(name, circle));
            return 0;
        }
        if (way.size() > MAX_HEIGHT) {
            return 1; // long enough to be refused, so the walk ends
        }
        way.add(name);
        int above = 0;
        var node = all.powerNode(name);
        if (node.isPresent()) {
            for (NodeId feeder : node.get().fedBy()) {
                above = Math.max(above, height(field, feeder, way, heights));
            }
        }
        way.remove(name);
        heights.put(name, above + 1);
        return above + 1;
    }

    /** The nodes in an order in which each comes after those that feed it, otherwise as given. */
    static List<PowerNode> fromTheGridDown(List<PowerNode> nodes) {
        var byName = nodes.stream().collect(Collectors.toMap(PowerNode::node, node -> node));
        var ordered = new LinkedHashSet<PowerNode>();
        nodes.forEach(node -> visit(node, byName, ordered));
        return List.copyOf(ordered);
    }

    private static void visit(PowerNode node, Map<NodeId, PowerNode> byName, Set<PowerNode> ordered) {
        if (!ordered.contains(node)) {
            for (NodeId feeder : node.fedBy()) {
                var above = byName.get(feeder);
                if (above != null) {
                    visit(above, byName, ordered);
                }
            }
            ordered.add(node);
        }
    }

    private void error(String field, String detail) {
        errors.add(new SiteError(field, detail));
    }
}
