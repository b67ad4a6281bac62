package menara.capacity.envelope;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Derating;
import menara.capacity.campus.PowerNodeState;
import menara.capacity.envelope.EnvelopeView.Node;
import menara.values.NodeId;
import menara.values.Power;
import org.jspecify.annotations.Nullable;

/** Shows, node by node, the power that is there, lost and committed at one instant. Pure. */
final class EnvelopeQuery {

    private static final NodeId SITE = new NodeId(CampusEvent.Tags.CAMPUS);

    private final Campus campus;
    private final Instant at;
    private final Map<String, Long> derated = new HashMap<>();
    private final Map<String, Long> left = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();

    private EnvelopeQuery(Campus campus, Instant at) {
        this.campus = campus;
        this.at = at;
        campus.deratings().values().stream()
                .filter(derating -> derating.holdsAt(at))
                .forEach(derating ->
                        derated.merge(node(derating), derating.lost().watts(), Long::sum));
    }

    private static String node(Derating derating) {
        return derating.node().value();
    }

    static EnvelopeView at(Instant at, Instant asOf, Campus campus) {
        return new EnvelopeView(at, asOf, new EnvelopeQuery(campus, at).nodes());
    }

    private List<Node> nodes() {
        long released = 0;
        long lost = 0;
        long committed = 0;
        for (var phase : campus.phases().values()) {
            var name = phase.phase().value();
            long limit = phase.releases().stream()
                    .filter(release -> !release.effectiveAt().isAfter(at))
                    .mapToLong(release -> release.power().watts())
                    .sum();
            var node = node(name, "phase", SITE, limit, phase.free().at(at), List.of());
            released += limit;
            lost += node.derated().watts();
            committed += node.committed().watts();
        }
        for (var hall : campus.halls().values()) {
            var above = List.of(hall.phase().value());
            node(
                    hall.hall().value(),
                    "hall",
                    new NodeId(hall.phase().value()),
                    hall.limit().watts(),
                    hall.free().at(at),
                    above);
        }
        // From the grid down, so that a node comes after those that feed it.
        campus.powerTree().all().stream()
                .sorted(Comparator.comparing(powerNode -> powerNode.node().kind()))
                .forEach(this::powerNode);
        nodes.addFirst(new Node(
                SITE,
                "site",
                null,
                Power.watts(released),
                Power.watts(committed),
                Power.watts(Math.max(0, released - lost - committed)),
                Power.watts(lost)));
        return nodes;
    }

    private void powerNode(PowerNodeState powerNode) {
        var fedBy = powerNode.node().fedBy();
        node(
                powerNode.node().node().value(),
                powerNode.node().kind().shown(),
                fedBy.isEmpty() ? null : fedBy.getFirst(),
                powerNode.limit().watts(),
                powerNode.node().rating().limit().watts(),
                powerNode.free().at(at),
                powerNode.path());
    }

    private Node node(
            String name, String kind, @Nullable NodeId parent, long limit, long unpromised, List<String> above) {
        return node(name, kind, parent, limit, limit, unpromised, above);
    }

    /** @param built power it is built for; the nodes that feed it may carry less */
    private Node node(
            String name,
            String kind,
            @Nullable NodeId parent,
            long limit,
            long built,
            long unpromised,
            List<String> above) {
        long lost = derated.getOrDefault(name, 0L);
        long free = Math.max(0, unpromised);
        for (var other : above) {
            free = Math.min(free, left.getOrDefault(other, Long.MAX_VALUE));
        }
        left.put(name, free);
        var node = new Node(
                new NodeId(name),
                kind,
                parent,
                Power.watts(limit),
                Power.watts(built - lost - unpromised),
                Power.watts(free),
                Power.watts(lost));
        nodes.add(node);
        return node;
    }
}
