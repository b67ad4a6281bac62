package menara.capacity.reservation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import menara.capacity.campus.Hall;
import menara.capacity.campus.Rack;
import menara.capacity.reservation.Placement.Outcome;
import menara.capacity.reservation.Placement.Refused;

/**
 * One rack of each feed in turn, and of none more than half. What it keeps and names counts first. If that does not find enough, any
 * of the lightest racks, and larger ones if those are too small, as long as no feed has more than half.
 */
final class OverFeeds {

    private final Wanted wanted;
    private final Having having;
    private final int count;
    private final Room room;
    private final FeedShares shares;
    private final List<Rack> fixed = new ArrayList<>();

    OverFeeds(Wanted wanted) {
        this.wanted = wanted;
        this.having = wanted.having();
        this.count = wanted.demand().count();
        this.room = wanted.room();
        this.shares = FeedShares.of(wanted);
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
        if (!fixed.stream().allMatch(room::carries)) {
            return wanted.shortOfPower(fixed);
        }
        var chosen = inTurn();
        if (chosen.size() == count && wanted.isMetBy(chosen)) {
            return Wanted.placed(chosen);
        }
        return new Anywhere(wanted, fixed).place() instanceof Placement.Placed placed
                ? placed
                : new Refused(
                        Placement.NOT_ENOUGH_RACKS,
                        "%s are asked for, at most %d of them on one feed; %s has %d such that are free and can be powered from %s until %s"
                                .formatted(
                                        wanted.racks(),
                                        shares.most(),
                                        wanted.where(),
                                        chosen.size(),
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
                                .formatted(rack.rack(), shares.most(), count, shares.feed(rack))));
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
                                .formatted(having.keep(), shares.most(), count)));
    }

    private boolean fixes(Rack rack) {
        if (!shares.allows(rack)) {
            return false;
        }
        shares.add(rack);
        fixed.add(rack);
        return true;
    }

    private List<Rack> inTurn() {
        var byFeed = byFeed();
        var chosen = new ArrayList<>(fixed);
        var next = new HashMap<String, Integer>();
        for (boolean found = true; found && chosen.size() < count; ) {
            found = false;
            for (var feed : byFeed.entrySet()) {
                var racks = feed.getValue();
                int at = next.getOrDefault(feed.getKey(), 0);
                if (chosen.size() < count && at < racks.size() && shares.allows(racks.getFirst())) {
                    while (at < racks.size() && !takes(racks.get(at))) {
                        at++;
                    }
                    next.put(feed.getKey(), at + 1);
                    if (at < racks.size()) {
                        chosen.add(racks.get(at));
                        shares.add(racks.get(at));
                        found = true;
                    }
                }
            }
        }
        return chosen;
    }

    private Map<String, List<Rack>> byFeed() {
        var byFeed = new TreeMap<String, List<Rack>>();
        for (Hall hall : wanted.halls()) {
            hall.racks().stream()
                    .filter(having::mayAdd)
                    .forEach(rack -> byFeed.computeIfAbsent(shares.feed(rack), _ -> new ArrayList<>())
                            .add(rack));
        }
        return byFeed;
    }

    private boolean takes(Rack rack) {
        return room.isFree(rack) && room.carries(rack);
    }
}
