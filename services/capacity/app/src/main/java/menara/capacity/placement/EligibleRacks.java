package menara.capacity.placement;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Hall;
import menara.capacity.campus.Phase;
import menara.capacity.campus.Rack;
import menara.capacity.commitments.Demand;
import menara.values.PhaseId;
import menara.values.Power;

/** The racks of a campus that meet the terms of a demand, committed or not. Used by sizing, placement and offers. */
public final class EligibleRacks {

    public static final String SOVEREIGNTY = "sovereignty-level";
    static final String OUTSIDE_DEMAND = "outside-demand";

    private EligibleRacks() {}

    /** By hall and name. */
    public static Stream<Rack> racks(Demand demand, Campus campus) {
        return demand.names().isEmpty()
                ? halls(demand, campus).stream().flatMap(hall -> hall.racks().stream())
                : demand.names().stream()
                        .flatMap(name -> campus.rack(name).stream())
                        .filter(rack -> whyNot(rack, demand, campus).isEmpty());
    }

    /** By name. */
    static Collection<Hall> halls(Demand demand, Campus campus) {
        var wanted = demand.hall();
        return (wanted != null ? campus.hall(wanted).stream() : campus.halls().values().stream())
                .filter(hall -> demand.phase() == null || hall.phase().equals(demand.phase()))
                .filter(hall -> hasLevel(hall.phase(), demand, campus))
                .toList();
    }

    /** The power of the lightest of them, free or not. */
    public static Power lightestPower(Demand demand, Campus campus) {
        return racks(demand, campus)
                .map(Rack::power)
                .sorted()
                .limit(demand.count())
                .reduce(Power.ZERO, Power::plus);
    }

    /** Whether some choice of those racks has the requested number, GPUs and power. */
    public static boolean couldMeet(Demand demand, List<Rack> racks) {
        return racks.size() >= demand.count()
                && (demand.gpus() == null || largest(demand, racks, Rack::gpus) >= demand.leastGpus())
                && (demand.power() == null
                        || largest(demand, racks, rack -> rack.power().watts())
                                >= demand.leastPower().watts());
    }

    private static long largest(Demand demand, List<Rack> racks, ToLongFunction<Rack> size) {
        return racks.stream()
                .mapToLong(size)
                .map(each -> -each)
                .sorted()
                .limit(demand.count())
                .map(each -> -each)
                .sum();
    }

    /** The rule that a rack violates, and how; empty if it meets the demand, its name aside. */
    static Optional<Placement.Refused> whyNot(Rack rack, Demand demand, Campus campus) {
        if (!hasLevel(rack.phase(), demand, campus)) {
            return Optional.of(new Placement.Refused(
                    SOVEREIGNTY,
                    "rack %s is in phase %s, which does not have level %d"
                            .formatted(rack.rack(), rack.phase(), demand.leastLevel())));
        }
        if (demand.hall() != null && !rack.hall().equals(demand.hall())) {
            return Optional.of(new Placement.Refused(
                    OUTSIDE_DEMAND,
                    "rack %s stands in hall %s, and racks of hall %s are asked for"
                            .formatted(rack.rack(), rack.hall(), demand.hall())));
        }
        if (demand.phase() != null && !rack.phase().equals(demand.phase())) {
            return Optional.of(new Placement.Refused(
                    OUTSIDE_DEMAND,
                    "rack %s is in phase %s, and racks of phase %s are asked for"
                            .formatted(rack.rack(), rack.phase(), demand.phase())));
        }
        return Optional.empty();
    }

    private static boolean hasLevel(PhaseId phase, Demand demand, Campus campus) {
        return campus.phase(phase).map(Phase::level).orElse(0) >= demand.leastLevel();
    }
}
