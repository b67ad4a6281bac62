package menara.capacity.placement;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Rack;
import menara.capacity.layout.NodeKind;

/**
 * Counts the racks of a choice on each power node, and keeps each within its limit. A rack counts on the node that feeds its own node,
 * whose loss also takes other racks; a rack without a power node counts on its hall.
 */
final class UpstreamShares {

    private final Campus campus;
    private final int most;
    private final boolean limited;
    private final Map<String, Integer> byUpstream = new HashMap<>();

    private UpstreamShares(Campus campus, int most, boolean limited) {
        this.campus = campus;
        this.most = most;
        this.limited = limited;
    }

    /** At most half of the requested racks, rounded up, if they are to be spread; else any number. */
    static UpstreamShares of(PlacementRequest request) {
        return new UpstreamShares(
                request.campus(),
                (request.demand().count() + 1) / 2,
                request.demand().mustSpread());
    }

    int most() {
        return most;
    }

    void clear() {
        byUpstream.clear();
    }

    boolean allows(Rack rack) {
        return !limited || byUpstream.getOrDefault(upstream(rack), 0) < most;
    }

    void add(Rack rack) {
        if (limited) {
            byUpstream.merge(upstream(rack), 1, Integer::sum);
        }
    }

    void remove(Rack rack) {
        if (limited) {
            byUpstream.merge(upstream(rack), -1, Integer::sum);
        }
    }

    /** Whether any choice of so many of those racks is allowed. */
    boolean couldHold(int count, List<Rack> fixed, List<Rack> free) {
        if (!limited) {
            return fixed.size() + free.size() >= count;
        }
        var racks = new HashMap<String, Integer>();
        fixed.forEach(rack -> racks.merge(upstream(rack), 1, Integer::sum));
        free.forEach(rack -> racks.merge(upstream(rack), 1, Integer::sum));
        return racks.values().stream().mapToInt(there -> Math.min(there, most)).sum() >= count;
    }

    String upstream(Rack rack) {
        var connection = rack.connection();
        if (connection == null || connection.feedA() == null) {
            return rack.hall().value();
        }
        var own = connection.feedA().value();
        return campus.powerTree()
                .powerNode(own)
                .filter(powerNode -> powerNode.node().kind() == NodeKind.RACK_PDU
                        && powerNode.path().size() > 1)
                .map(powerNode -> powerNode.path().get(1))
                .orElse(own);
    }
}
