package menara.capacity.site;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import menara.capacity.layout.PowerNode;
import menara.values.NodeId;
import menara.values.Power;

/** Remarks on a valid site document. Pure. */
final class SiteNotes {

    private final SiteIndex all;
    private final Map<NodeId, Power> limits = new HashMap<>();

    private SiteNotes(SiteIndex all) {
        this.all = all;
    }

    /**
     * @param node the node it is about
     * @param detail the remark, for people
     */
    record Note(NodeId node, String detail) {}

    /** @return in the order of the document, at most as many as errors are reported */
    static List<Note> of(SiteDocument document, SiteDocument present) {
        var notes = new SiteNotes(SiteIndex.of(present, document));
        return document.powerNodes().stream()
                .flatMap(node -> notes.of(node).stream())
                .limit(SiteDecisions.MAX_ERRORS)
                .toList();
    }

    private Optional<Note> of(PowerNode node) {
        var built = node.rating().limit();
        return node.fedBy().stream()
                .filter(feeder -> limit(feeder).compareTo(built) < 0)
                .min((one, other) -> limit(one).compareTo(limit(other)))
                .map(feeder -> new Note(
                        node.node(),
                        "node %s is built for %s, and %s, which feeds it, carries %s: it counts with %s"
                                .formatted(node.node(), built, feeder, limit(feeder), limit(feeder))));
    }

    private Power limit(NodeId name) {
        var known = limits.get(name);
        if (known != null) {
            return known;
        }
        var node = all.powerNode(name).orElseThrow();
        var least = node.rating().limit();
        for (NodeId feeder : node.fedBy()) {
            var above = limit(feeder);
            least = above.compareTo(least) < 0 ? above : least;
        }
        limits.put(name, least);
        return least;
    }
}
