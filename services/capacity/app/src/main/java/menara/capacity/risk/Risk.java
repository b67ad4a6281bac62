package menara.capacity.risk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Headroom;
import menara.capacity.campus.Rack;
import menara.capacity.campus.Timeline;
import menara.capacity.deratings.Shortfall;
import menara.capacity.ledger.Commitment;
import menara.capacity.ledger.Ledger;
import menara.capacity.placement.Placement;
import menara.values.NodeId;
import menara.values.Period;
import menara.values.Power;

/**
 * Which commitments the campus cannot power. Commitments are checked in the order in which they were made: one is safe if every node above
 * its racks can still carry it for the rest of its period; the others are at risk. So older commitments come first, and without those at
 * risk the campus is within its limits. Pure.
 */
final class Risk {

    private Risk() {}

    /**
     * @param commitment the commitment
     * @param shortfalls where it lacks power beside earlier commitments, by node
     */
    record AtRisk(Commitment commitment, List<Shortfall> shortfalls) {}

    /** @return those at risk from {@code now} on, in the order in which they were committed */
    static List<AtRisk> assess(Campus campus, Ledger ledger, Instant now) {
        var future = new Period(now, Timeline.LAST);
        var left = new HashMap<String, Headroom>();
        for (var node : campus.limited()) {
            var free = campus.free(node);
            if (free.lowestWatts(future) < 0) {
                left.put(node, free);
            }
        }
        if (left.isEmpty()) {
            return List.of();
        }
        // Other nodes have enough for all commitments, so only those that draw on a node with too little can be at
        // risk.
        var drawing = new ArrayList<Drawing>();
        ledger.standing(now).forEach(commitment -> {
            var loads = commitment.loads(campus);
            loads.keySet().retainAll(left.keySet());
            if (!loads.isEmpty()) {
                drawing.add(new Drawing(commitment, commitment.rest(now), loads));
            }
        });
        for (var draw : drawing) {
            draw.loads()
                    .forEach((node, power) -> left.computeIfPresent(
                            node,
                            (_, free) -> free.givenBack(
                                    draw.rest().from(), draw.rest().until(), power)));
        }
        var atRisk = new ArrayList<AtRisk>();
        for (var draw : drawing) {
            var shortfalls = draw.shortfalls(left);
            if (shortfalls.isEmpty()) {
                draw.loads()
                        .forEach((node, power) ->
                                left.computeIfPresent(node, (_, free) -> free.takenFor(draw.rest(), power)));
            } else {
                atRisk.add(new AtRisk(draw.commitment(), shortfalls));
            }
        }
        return atRisk;
    }

    private record Drawing(Commitment commitment, Period rest, Map<String, Power> loads) {

        List<Shortfall> shortfalls(Map<String, Headroom> left) {
            var found = new ArrayList<Shortfall>();
            loads.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(load -> {
                var free = left.get(load.getKey());
                var low = free == null ? null : free.lowest(rest);
                if (low != null && low.watts() < load.getValue().watts()) {
                    long missing = load.getValue().watts() - low.watts();
                    found.add(new Shortfall(new NodeId(load.getKey()), low.at(), Power.watts(missing)));
                }
            });
            return found;
        }
    }

    /**
     * Where commitments at risk could move for the rest of their period: to racks that meet their demand, with no fewer GPUs than
     * committed. All moves can be made in the order listed: each takes into account the moves before it, and the racks of commitments at
     * risk that cannot move.
     *
     * @return by reservation, without reservations that cannot move
     */
    static Map<String, Placement.Placed> moves(Campus campus, List<AtRisk> atRisk, Instant now) {
        var places = new HashMap<String, Placement.Placed>();
        var moved = campus;
        for (var risk : atRisk) {
            var commitment = risk.commitment();
            var demand = commitment.demand().atLeast(gpus(commitment, campus));
            var gone = moved.without(commitment.shares(), commitment.rest(now));
            if (Placement.of(demand, commitment.rest(now), gone) instanceof Placement.Placed placed) {
                moved = gone.with(placed.shares(), commitment.rest(now));
                places.put(commitment.reservation().toString(), placed);
            }
        }
        return places;
    }

    /** A commitment includes its GPUs: as many racks with fewer GPUs are not enough. */
    private static int gpus(Commitment commitment, Campus campus) {
        return commitment.racks().stream()
                .map(campus::rack)
                .flatMap(Optional::stream)
                .mapToInt(Rack::gpus)
                .sum();
    }
}
