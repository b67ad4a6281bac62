package menara.capacity.site;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import menara.capacity.layout.PowerNode;
import menara.capacity.site.SiteDocument.HallEntry;
import menara.capacity.site.SiteDocument.PhaseEntry;
import menara.capacity.site.SiteDocument.RackEntry;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.RackId;

/** Everything of a site by name. */
final class SiteIndex {

    private final Map<PhaseId, PhaseEntry> phases = new HashMap<>();
    private final Map<NodeId, PowerNode> powerNodes = new HashMap<>();
    private final Map<NodeId, HallEntry> halls = new HashMap<>();
    private final Map<RackId, RackEntry> racks = new HashMap<>();

    /** The present site, overlaid with the entries of a document. */
    static SiteIndex of(SiteDocument... documents) {
        var index = new SiteIndex();
        for (SiteDocument document : documents) {
            document.phases().forEach(phase -> index.phases.put(phase.phase(), phase));
            document.powerNodes().forEach(node -> index.powerNodes.put(node.node(), node));
            document.halls().forEach(hall -> index.halls.put(hall.hall(), hall));
            document.racks().forEach(rack -> index.racks.put(rack.rack(), rack));
        }
        return index;
    }

    Optional<PhaseEntry> phase(PhaseId phase) {
        return Optional.ofNullable(phases.get(phase));
    }

    Optional<PowerNode> powerNode(NodeId node) {
        return Optional.ofNullable(powerNodes.get(node));
    }

    Optional<HallEntry> hall(NodeId hall) {
        return Optional.ofNullable(halls.get(hall));
    }

    Optional<RackEntry> rack(RackId rack) {
        return Optional.ofNullable(racks.get(rack));
    }

    Map<RackId, RackEntry> racks() {
        return racks;
    }

    /** The kind of the node of this name. */
    Optional<String> kindOf(String name) {
        if (phases.containsKey(new PhaseId(name))) {
            return Optional.of("phase");
        }
        if (halls.containsKey(new NodeId(name))) {
            return Optional.of("hall");
        }
        if (racks.containsKey(new RackId(name))) {
            return Optional.of("rack");
        }
        return powerNode(new NodeId(name)).map(_ -> "power node");
    }
}
