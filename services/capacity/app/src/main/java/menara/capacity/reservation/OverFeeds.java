package menara.capacity.reservation;

import static java.util.Comparator.comparingInt;
import static menara.capacity.reservation.Wanted.BY_PLACE;
import static menara.capacity.reservation.Wanted.LIGHTEST_FIRST;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import menara.capacity.campus.Hall;
import menara.capacity.campus.Rack;
import menara.capacity.events.NodeKind;
import menara.capacity.reservation.Placement.Outcome;
import menara.capacity.reservation.Placement.Refused;

/**
 * One rack of each feed in turn, and of none more than half: a feed is the node that feeds the rack's own one, by whose loss others
 * go too. Racks that hang on nothing count as hanging on their hall. What it keeps and names counts first.
 */
final class OverFeeds {

    private static final List<Comparator<Rack>> ORDERS = List.of(
            BY_PLACE, LIGHTEST_FIRST, comparingInt(Rack::gpus).reversed().thenComparing(LIGHTEST_FIRST));

    private final Wanted wanted;
    private final Having having;
    private final int count;
    private final int most;
    private final Room room;
    private final List<Rack> fixed = new ArrayList<>();
    private final Map<String, Integer> fixedByFeed = new HashMap<>();

    OverFeeds(Wanted wanted) {
        this.wanted = wanted;
        this.having = wanted.having();
        this.count = wanted.demand().count();
        this.most = (count + 1) / 2;
        this.room = wanted.room();
    }

    Outcome place() {
        var crowded = fix();
        if (crowded.isPresent()) {
            return crowded.get();
        }
        var taken = wanted.taken(fixed);
        if (taken.isPresent()) {
            return taken.get();
        }
        int found = 0;
        for (var order : ORDERS) {
            room.clear();
            if (!fixed.stream().allMatch(room::carries)) {
                return wanted.shortOfPower(fixed);
            }
            var chosen = inTurn(byFeed(order));
            if (chosen.size() == count && wanted.isMetBy(chosen)) {
                return Wanted.placed(chosen);
            }
            found = Math.max(found, chosen.size());
        }
        return new Refused(
                Placement.NOT_ENOUGH_RACKS,
                "%s are asked for, at most %d of them on one feed; %s has %d such that are free and can be powered from %s until %s"
                        .formatted(
                                wanted.racks(),
                                most,
                                wanted.where(),
                                found,
                                wanted.period().from(),
                                wanted.period().until()));
    }

    /** What it names, and of what it has as many as it keeps, as the feeds allow. */
    private Optional<Refused> fix() {
        for (Rack rack : having.take()) {
            if (!fixes(rack)) {
                return Optional.of(new Refused(
                        Eligible.OUTSIDE_DEMAND,
                        "rack %s would be one more than %d of %d racks on feed %s, and they are to be spread"
                                .formatted(rack.rack(), most, count, feed(rack))));
            }
        }
        int kept = 0;
        for (Rack rack : having.held()) {
            if (kept < having.keep() && fixes(rack)) {
                kept++;
            }
        }
        return kept == having.keep()
                ? Optional.empty()
                : Optional.of(new Refused(
                        Eligible.OUTSIDE_DEMAND,
                        "%d racks are to be kept, and at most %d of %d may be on one feed; give up others"
                                .formatted(having.keep(), most, count)));
    }

    private boolean fixes(Rack rack) {
        var feed = feed(rack);
        if (fixedByFeed.getOrDefault(feed, 0) >= most) {
            return false;
        }
        fixedByFeed.merge(feed, 1, Integer::sum);
        fixed.add(rack);
        return true;
    }

    private Map<String, List<Rack>> byFeed(Comparator<Rack> order) {
        var byFeed = new TreeMap<String, List<Rack>>();
        for (Hall hall : wanted.halls()) {
            hall.racks().stream()
                    .filter(having::mayAdd)
                    .forEach(rack -> byFeed.computeIfAbsent(feed(rack), _ -> new ArrayList<>())
                            .add(rack));
        }
        byFeed.values().forEach(racks -> racks.sort(order));
        return byFeed;
    }

    private List<Rack> inTurn(Map<String, List<Rack>> byFeed) {
        var chosen = new ArrayList<>(fixed);
        var taken = new HashMap<>(fixedByFeed);
        var next = new HashMap<String, Integer>();
        for (boolean found = true; found && chosen.size() < count; ) {
            found = false;
            for (var feed : byFeed.entrySet()) {
                if (chosen.size() < count && taken.getOrDefault(feed.getKey(), 0) < most) {
                    int at = next.getOrDefault(feed.getKey(), 0);
                    while (at < feed.getValue().size() && !takes(feed.getValue().get(at))) {
                        at++;
                    }
                    next.put(feed.getKey(), at + 1);
                    if (at < feed.getValue().size()) {
                        chosen.add(feed.getValue().get(at));
                        taken.merge(feed.getKey(), 1, Integer::sum);
                        found = true;
                    }
                }
            }
        }
        return chosen;
    }

    private boolean takes(Rack rack) {
        return room.isFree(rack) && room.carries(rack);
    }

    private String feed(Rack rack) {
        return Stream.ofNullable(rack.connection())
                .flatMap(connection -> Stream.ofNullable(connection.feedA()))
                .map(own -> wanted.campus()
                        .feeds()
                        .feed(own.value())
                        .filter(feed -> feed.node().kind() == NodeKind.RACK_PDU
                                && feed.path().size() > 1)
                        .map(feed -> feed.path().get(1))
                        .orElse(own.value()))
                .findFirst()
                .orElse(rack.hall().value());
    }
}
