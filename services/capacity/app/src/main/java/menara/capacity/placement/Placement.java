package menara.capacity.placement;

import java.util.List;
import java.util.Optional;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Rack;
import menara.capacity.commitments.Demand;
import menara.capacity.commitments.Share;
import menara.values.Period;
import menara.values.Power;
import menara.values.RackId;

/**
 * Chooses racks so that a person can follow: hall by hall in the order of their names, in each hall rack by rack in the order of
 * theirs, taking each that is free for the whole period and whose power every node above it still has for the whole period. If
 * that does not find enough, the lightest racks are taken first; where the racks below any two nodes are equal, nested or disjoint, as in
 * any tree, that finds the largest number of racks, so a refusal is true (ADR 24 covers paths that cross). If the racks found are enough
 * but too small together, as few larger ones as needed are taken.
 */
public final class Placement {

    public static final String NOT_ENOUGH_RACKS = "not-enough-racks";
    public static final String RACK_TAKEN = "rack-taken";
    public static final String POWER_LIMIT_EXCEEDED = "power-limit-exceeded";

    private Placement() {}

    /** The result. */
    public sealed interface Outcome {}

    /** All racks were found: the shares of each hall. */
    public record Placed(List<Share> shares, int gpus, Power power) implements Outcome {

        public List<RackId> racks() {
            return shares.stream().flatMap(share -> share.racks().stream()).toList();
        }
    }

    /** The request does not fit, and why. */
    public record Refused(String rule, String reason) implements Outcome {}

    public static Outcome of(Demand demand, Period period, Campus campus) {
        return of(demand, period, campus, new SearchBudget());
    }

    /** @param budget the rest of the budget of the whole question */
    public static Outcome of(Demand demand, Period period, Campus campus, SearchBudget budget) {
        var named = demand.names().stream()
                .map(name -> campus.rack(name).orElseThrow(() -> new IllegalStateException("no rack " + name)))
                .toList();
        return of(new PlacementRequest(demand, period, campus, CurrentRacks.named(named), budget));
    }

    /** Places a reservation that has racks already. */
    public static Outcome of(PlacementRequest request) {
        var outside = outside(request);
        if (outside.isPresent()) {
            return outside.get();
        }
        return request.demand().mustBeContiguous()
                ? new ContiguousRacks(request).place()
                : request.demand().mustSpread() ? new SpreadRacks(request).place() : new AnyRacks(request).place();
    }

    /** The first kept or named rack that does not meet the demand. */
    private static Optional<Refused> outside(PlacementRequest request) {
        var current = request.current();
        for (List<Rack> racks : List.of(current.take(), current.held())) {
            for (Rack rack : racks) {
                var why = EligibleRacks.whyNot(rack, request.demand(), request.campus());
                if (why.isPresent()) {
                    return why;
                }
            }
        }
        return request.demand().leastLevel() > 0 && request.halls().isEmpty()
                ? Optional.of(new Refused(
                        EligibleRacks.SOVEREIGNTY,
                        "%s has no hall in a phase of level %d"
                                .formatted(request.where(), request.demand().leastLevel())))
                : Optional.empty();
    }
}
