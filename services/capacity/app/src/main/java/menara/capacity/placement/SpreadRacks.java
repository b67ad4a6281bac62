package menara.capacity.placement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import menara.capacity.campus.Hall;
import menara.capacity.campus.Rack;
import menara.capacity.placement.Placement.Outcome;
import menara.capacity.placement.Placement.Refused;

/**
 * Takes one rack of each power node in turn, and at most half from one node. Kept and named racks count first. If that does not find
 * enough, any of the lightest racks, and larger ones if those are too small, as long as no power node has more than half.
 */
final class SpreadRacks {

    private final PlacementRequest request;
    private final CurrentRacks current;
    private final int count;
    private final RemainingHeadroom remaining;
    private final UpstreamShares shares;
    private final List<Rack> fixed = new ArrayList<>();

    SpreadRacks(PlacementRequest request) {
        this.request = request;
        this.current = request.current();
        this.count = request.demand().count();
        this.remaining = request.remaining();
        this.shares = UpstreamShares.of(request);
    }

    Outcome place() {
        var crowded = fix();
        if (crowded.isPresent()) {
            return crowded.get();
        }
        var taken = request.taken(fixed);
        if (taken.isPresent()) {
            return taken.get();
        }
        if (!fixed.stream().allMatch(remaining::carries)) {
            return request.shortOfPower(fixed);
        }
        var chosen = inTurn();
        if (chosen.size() == count && request.isMetBy(chosen)) {
            return PlacementRequest.placed(chosen);
        }
        return new AnyRacks(request, fixed).place() instanceof Placement.Placed placed
                ? placed
                : new Refused(
                        Placement.NOT_ENOUGH_RACKS,
                        "%s are asked for, at most %d of them on one power node; %s has %d such that are free and can be powered from %s until %s"
                                .formatted(
                                        request.racks(),
                                        shares.most(),
                                        request.where(),
                                        chosen.size(),
                                        request.period().from(),
                                        request.period().until()));
    }

    /** The named racks, and as many of its own as it keeps, within the limit of each power node. */
    private Optional<Refused> fix() {
        for (Rack rack : current.take()) {
            if (!fixes(rack)) {
                return Optional.of(new Refused(
                        EligibleRacks.OUTSIDE_DEMAND,
                        "rack %s would be one more than the %d of %d racks that a spread allows on power node %s; name another rack"
                                .formatted(rack.rack(), shares.most(), count, shares.upstream(rack))));
            }
        }
        int kept = 0;
        for (Rack rack : current.held()) {
            if (kept < current.keep() && fixes(rack)) {
                kept++;
            }
        }
        return kept == current.keep()
                ? Optional.empty()
                : Optional.of(new Refused(
                        EligibleRacks.OUTSIDE_DEMAND,
                        "%d racks are to be kept, and at most %d of %d may be on one power node; give up others"
                                .formatted(current.keep(), shares.most(), count)));
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
        var byUpstream = byUpstream();
        var chosen = new ArrayList<>(fixed);
        var next = new HashMap<String, Integer>();
        for (boolean found = true; found && chosen.size() < count; ) {
            found = false;
            for (var upstream : byUpstream.entrySet()) {
                var racks = upstream.getValue();
                int at = next.getOrDefault(upstream.getKey(), 0);
                if (chosen.size() < count && at < racks.size() && shares.allows(racks.getFirst())) {
                    while (at < racks.size() && !takes(racks.get(at))) {
                        at++;
                    }
                    next.put(upstream.getKey(), at + 1);
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

    private Map<String, List<Rack>> byUpstream() {
        var byUpstream = new TreeMap<String, List<Rack>>();
        for (Hall hall : request.halls()) {
            hall.racks().stream()
                    .filter(current::mayAdd)
                    .forEach(rack -> byUpstream
                            .computeIfAbsent(shares.upstream(rack), _ -> new ArrayList<>())
                            .add(rack));
        }
        return byUpstream;
    }

    private boolean takes(Rack rack) {
        return remaining.isFree(rack) && remaining.carries(rack);
    }
}
