package menara.capacity.reservation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Rack;
import menara.capacity.layout.NodeKind;

/**
 * How many racks of a choice hang on each feed, and that on none there are more than may be. A feed is the node that feeds the rack's
 * own one, by whose loss others go too; racks that hang on nothing count as hanging on their hall.
 */
final class FeedShares {

    private final Campus campus;
    private final int most;
    private final boolean limited;
    private final Map<String, Integer> byFeed = new HashMap<>();

    private FeedShares(Campus campus, int most, boolean limited) {
        this.campus = campus;
        this.most = most;
        this.limited = limited;
    }

    /** At most half of the racks that are wanted, rounded up, if they are to be spread; any number if not. */
    static FeedShares of(Wanted wanted) {
        return new FeedShares(
                wanted.campus(),
                (wanted.demand().count() + 1) / 2,
                wanted.demand().overFeeds());
    }

    int most() {
        return most;
    }

    void clear() {
        byFeed.clear();
    }

    boolean allows(Rack rack) {
        return !limited || byFeed.getOrDefault(feed(rack), 0) < most;
    }

    void add(Rack rack) {
        if (limited) {
            byFeed.merge(feed(rack), 1, Integer::sum);
        }
    }

    void remove(Rack rack) {
        if (limited) {
            byFeed.merge(feed(rack), -1, Integer::sum);
        }
    }

    /** Whether any choice of so many of those racks is allowed. */
    boolean couldHold(int count, List<Rack> fixed, List<Rack> free) {
        if (!limited) {
            return fixed.size() + free.size() >= count;
        }
        var racks = new HashMap<String, Integer>();
        fixed.forEach(rack -> racks.merge(feed(rack), 1, Integer::sum));
        free.forEach(rack -> racks.merge(feed(rack), 1, Integer::sum));
        return racks.values().stream().mapToInt(there -> Math.min(there, most)).sum() >= count;
    }

    String feed(Rack rack) {
        var connection = rack.connection();
        if (connection == null || connection.feedA() == null) {
            return rack.hall().value();
        }
        var own = connection.feedA().value();
        return campus.feeds()
                .feed(own)
                .filter(feed ->
                        feed.node().kind() == NodeKind.RACK_PDU && feed.path().size() > 1)
                .map(feed -> feed.path().get(1))
                .orElse(own);
    }
}
