package menara.capacity.placement;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Hall;
import menara.capacity.campus.Rack;
import menara.capacity.commitments.Demand;
import menara.capacity.commitments.Share;
import menara.capacity.placement.Placement.Placed;
import menara.capacity.placement.Placement.Refused;
import menara.values.Period;
import menara.values.Power;

/** The demand to place, where and when; shared by all placement strategies. */
public record PlacementRequest(Demand demand, Period period, Campus campus, CurrentRacks current, SearchBudget budget) {

    static final Comparator<Rack> BY_PLACE = comparing(
                    (Rack rack) -> rack.hall().value())
            .thenComparing(rack -> rack.rack().value());
    static final Comparator<Rack> LIGHTEST_FIRST = comparing(Rack::power).thenComparing(BY_PLACE);

    /** A placement with its own budget. */
    public PlacementRequest(Demand demand, Period period, Campus campus, CurrentRacks current) {
        this(demand, period, campus, current, new SearchBudget());
    }

    Collection<Hall> halls() {
        return EligibleRacks.halls(demand, campus);
    }

    RemainingHeadroom remaining() {
        return new RemainingHeadroom(campus, period);
    }

    String where() {
        var wanted = demand.hall();
        return wanted != null ? "hall " + wanted : demand.phase() != null ? "phase " + demand.phase() : "the campus";
    }

    /** Whether those racks have as many GPUs and as much power as is asked for. */
    boolean isMetBy(Collection<Rack> racks) {
        return (demand.gpus() == null || racks.stream().mapToLong(Rack::gpus).sum() >= demand.leastGpus())
                && (demand.power() == null || total(racks).compareTo(demand.leastPower()) >= 0);
    }

    /** "3 racks", with their minimum size together if one is given. */
    String racks() {
        var size = new StringBuilder(demand.count() + " racks");
        if (demand.gpus() != null) {
            size.append(" with at least %d GPUs".formatted(demand.gpus()));
        }
        if (demand.power() != null) {
            size.append(" of at least ").append(demand.power());
        }
        return size.toString();
    }

    /** The first of {@code racks} that is committed in the period. */
    Optional<Refused> taken(List<Rack> racks) {
        for (Rack rack : racks) {
            var taken = rack.taken().firstIn(period);
            if (taken.isPresent()) {
                return Optional.of(new Refused(
                        Placement.RACK_TAKEN,
                        "rack %s is taken from %s until %s"
                                .formatted(
                                        rack.rack(),
                                        taken.get().from(),
                                        taken.get().until())));
            }
        }
        return Optional.empty();
    }

    static Placed placed(List<Rack> chosen) {
        chosen.sort(BY_PLACE);
        var byHall = new TreeMap<String, List<Rack>>();
        int gpus = 0;
        for (Rack rack : chosen) {
            byHall.computeIfAbsent(rack.hall().value(), _ -> new ArrayList<>()).add(rack);
            gpus = Math.addExact(gpus, rack.gpus());
        }
        var shares = byHall.values().stream()
                .map(racks -> new Share(
                        racks.getFirst().hall(),
                        racks.getFirst().phase(),
                        racks.stream().map(Rack::rack).toList(),
                        total(racks)))
                .toList();
        return new Placed(shares, gpus, total(chosen));
    }

    private static Power total(Collection<Rack> racks) {
        return racks.stream().map(Rack::power).reduce(Power.ZERO, Power::plus);
    }

    /** The topmost node that cannot power even the lightest racks, with the instant and the shortage. */
    Refused shortOfPower(List<Rack> lightest) {
        var wanted = new HashMap<String, Long>();
        for (Rack rack : lightest) {
            rack.above().forEach(node -> wanted.merge(node, rack.power().watts(), Math::addExact));
        }
        return Stream.of("phase", "hall", "node")
                .flatMap(kind -> wanted.keySet().stream()
                        .filter(node -> campus.kindOf(node).equals(kind))
                        .sorted())
                .flatMap(node -> shortage(node, lightest.size(), wanted.getOrDefault(node, 0L)).stream())
                .findFirst()
                .map(reason -> new Refused(Placement.POWER_LIMIT_EXCEEDED, reason))
                .orElseThrow(() -> new IllegalStateException("the lightest racks fit but were not placed"));
    }

    private Optional<String> shortage(String node, int racks, long wanted) {
        var low = campus.free(node).lowest(period);
        return wanted <= low.watts()
                ? Optional.empty()
                : Optional.of(
                        "%s %s is short of %s from %s: of the %d lightest free racks those in it need %s, and %s is free then"
                                .formatted(
                                        campus.kindOf(node),
                                        node,
                                        Power.watts(wanted - low.watts()),
                                        low.at(),
                                        racks,
                                        Power.watts(wanted),
                                        Power.watts(Math.max(0, low.watts()))));
    }
}
