package menara.capacity.reservation;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Hall;
import menara.capacity.campus.Phase;
import menara.capacity.campus.Rack;
import menara.capacity.events.Demand;
import menara.capacity.events.NodeKind;
import menara.capacity.events.Share;
import menara.values.Period;
import menara.values.PhaseId;
import menara.values.Power;

/**
 * Chooses racks so that a person can follow: hall by hall in the order of their names, in each hall rack by rack in the order of
 * theirs, taking each that is free for the whole period and whose power every node above it still has for the whole period. If
 * that does not find enough, the lightest racks are taken first; where the racks below two nodes are the same, nested or apart, as in
 * any tree, that finds the most racks there can be, so the refusal is true (ADR 24 says what it is where feeds cross).
 */
public final class Placement {

    static final String NOT_ENOUGH_RACKS = "not-enough-racks";
    static final String RACK_TAKEN = "rack-taken";
    static final String SOVEREIGNTY = "sovereignty-level";
    static final String POWER_LIMIT_EXCEEDED = "power-limit-exceeded";

    private static final Comparator<Rack> BY_PLACE = comparing(
                    (Rack rack) -> rack.hall().value())
            .thenComparing(rack -> rack.rack().value());
    private static final Comparator<Rack> LIGHTEST_FIRST =
            comparing(Rack::power).thenComparing(BY_PLACE);

    private final Campus campus;
    private final Demand demand;
    private final Period period;

    /** Lowest free watts over the period at each node, less what this placement has taken there; looked up when first needed. */
    private final Map<String, Long> remaining = new HashMap<>();

    private Placement(Campus campus, Demand demand, Period period) {
        this.campus = campus;
        this.demand = demand;
        this.period = period;
    }

    /** What came of it. */
    public sealed interface Outcome {}

    /** All racks found: what is taken of each hall. */
    public record Placed(List<Share> shares, int gpus, Power power) implements Outcome {}

    /** It does not fit, and why. */
    public record Refused(String rule, String reason) implements Outcome {}

    public static Outcome of(Demand demand, Period period, Campus campus) {
        return new Placement(campus, demand, period).place();
    }

    private Outcome place() {
        var below = belowLevel();
        if (below.isPresent()) {
            return new Refused(SOVEREIGNTY, below.get());
        }
        return demand.inOneRow() ? inOneRow() : demand.overFeeds() ? spread() : anywhere();
    }

    /** Why nothing that is wanted has the level that is wanted; empty if something may have. */
    private Optional<String> belowLevel() {
        int level = demand.leastLevel();
        if (level == 0) {
            return Optional.empty();
        }
        var low = demand.names().stream()
                .flatMap(name -> campus.rack(name).stream())
                .filter(rack -> !hasLevel(rack.phase()))
                .findFirst();
        if (low.isPresent()) {
            return Optional.of("rack %s is in phase %s, which has not level %d"
                    .formatted(low.get().rack(), low.get().phase(), level));
        }
        return demand.names().isEmpty() && halls().isEmpty()
                ? Optional.of("%s has no hall in a phase of level %d".formatted(where(), level))
                : Optional.empty();
    }

    private boolean hasLevel(PhaseId phase) {
        return campus.phase(phase).map(Phase::level).orElse(0) >= demand.leastLevel();
    }

    /**
     * One rack of each feed in turn, and of none more than half: a feed is the node that feeds the rack's own one, by whose loss others
     * go too. Racks that hang on nothing count as hanging on their hall.
     */
    private Outcome spread() {
        var byFeed = new TreeMap<String, List<Rack>>();
        halls().forEach(hall -> hall.racks()
                .forEach(rack -> byFeed.computeIfAbsent(feed(rack), _ -> new ArrayList<>())
                        .add(rack)));
        int most = (demand.count() + 1) / 2;
        var chosen = new ArrayList<Rack>();
        var taken = new HashMap<String, Integer>();
        var next = new HashMap<String, Integer>();
        for (boolean found = true; found && chosen.size() < demand.count(); ) {
            found = false;
            for (var feed : byFeed.entrySet()) {
                int from = next.getOrDefault(feed.getKey(), 0);
                if (chosen.size() < demand.count() && taken.getOrDefault(feed.getKey(), 0) < most) {
                    int at = from;
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
        return chosen.size() == demand.count()
                ? placed(chosen)
                : new Refused(
                        NOT_ENOUGH_RACKS,
                        "%d racks are asked for, at most %d of them on one feed; %s has %d such that are free and can be powered from %s until %s"
                                .formatted(
                                        demand.count(), most, where(), chosen.size(), period.from(), period.until()));
    }

    private boolean takes(Rack rack) {
        return rack.taken().isFree(period) && fits(rack);
    }

    private String feed(Rack rack) {
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

    /** The first racks next to each other, by hall, row and name, that all are free and can be carried together. */
    private Outcome inOneRow() {
        for (Hall hall : halls()) {
            var rows = new TreeMap<String, List<Rack>>();
            hall.racks()
                    .forEach(rack -> rows.computeIfAbsent(rack.row(), _ -> new ArrayList<>())
                            .add(rack));
            for (var row : rows.values()) {
                for (int first = 0; first + demand.count() <= row.size(); first++) {
                    var chosen = new ArrayList<Rack>();
                    remaining.clear();
                    if (takeInOrder(row.subList(first, first + demand.count()), new ArrayList<>(), chosen)) {
                        return placed(chosen);
                    }
                }
            }
        }
        return new Refused(
                NOT_ENOUGH_RACKS,
                "%d racks next to each other in one row are asked for; %s has none such that are free and can be powered from %s until %s"
                        .formatted(demand.count(), where(), period.from(), period.until()));
    }

    private Outcome anywhere() {
        var free = new ArrayList<Rack>();
        var chosen = new ArrayList<Rack>();
        if (demand.names().isEmpty()) {
            for (Hall hall : halls()) {
                if (takeInOrder(hall.racks(), free, chosen)) {
                    return placed(chosen);
                }
            }
            if (free.size() < demand.count()) {
                return new Refused(
                        NOT_ENOUGH_RACKS,
                        "%d racks are asked for; %s has %d that are free from %s until %s"
                                .formatted(demand.count(), where(), free.size(), period.from(), period.until()));
            }
        } else {
            for (var name : demand.names()) {
                var rack = campus.rack(name).orElseThrow(() -> new IllegalStateException("no rack " + name));
                var taken = rack.taken().firstIn(period);
                if (taken.isPresent()) {
                    return new Refused(
                            RACK_TAKEN,
                            "rack %s is taken from %s until %s"
                                    .formatted(
                                            name,
                                            taken.get().from(),
                                            taken.get().until()));
                }
                free.add(rack);
            }
        }
        free.sort(LIGHTEST_FIRST);
        remaining.clear();
        chosen.clear();
        return takeInOrder(free, new ArrayList<>(), chosen)
                ? placed(chosen)
                : new Refused(POWER_LIMIT_EXCEEDED, shortage(free.subList(0, demand.count())));
    }

    /** Walks over {@code racks} until enough are chosen; whether they are. */
    private boolean takeInOrder(List<Rack> racks, List<Rack> free, List<Rack> chosen) {
        for (Rack rack : racks) {
            if (rack.taken().isFree(period)) {
                free.add(rack);
                if (fits(rack)) {
                    chosen.add(rack);
                    if (chosen.size() == demand.count()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean fits(Rack rack) {
        long watts = rack.power().watts();
        for (String node : rack.above()) {
            if (watts > remaining.computeIfAbsent(node, this::lowestWatts)) {
                return false;
            }
        }
        for (String node : rack.above()) {
            remaining.merge(node, -watts, Long::sum);
        }
        return true;
    }

    private long lowestWatts(String node) {
        return campus.free(node).lowestWatts(period);
    }

    private Collection<Hall> halls() {
        var wanted = demand.hall();
        var phase = demand.phase();
        return wanted != null
                ? campus.hall(wanted).stream()
                        .filter(hall -> hasLevel(hall.phase()))
                        .toList()
                : campus.halls().values().stream()
                        .filter(hall -> phase == null || hall.phase().equals(phase))
                        .filter(hall -> hasLevel(hall.phase()))
                        .toList();
    }

    private String where() {
        var wanted = demand.hall();
        return wanted != null ? "hall " + wanted : demand.phase() != null ? "phase " + demand.phase() : "the campus";
    }

    private static Placed placed(List<Rack> chosen) {
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

    /** The topmost node that cannot carry even the lightest racks, when, and what is missing there. */
    private String shortage(List<Rack> lightest) {
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
                .orElseThrow(() -> new IllegalStateException("the lightest racks fit but were not placed"));
    }

    private Optional<String> shortage(String node, int racks, long wanted) {
        var low = campus.free(node).lowest(period);
        return wanted <= low.watts()
                ? Optional.empty()
                : Optional.of(
                        "%s %s is short of %d W from %s: of the %d lightest free racks those in it need %d W, and %d W are free then"
                                .formatted(
                                        campus.kindOf(node),
                                        node,
                                        wanted - low.watts(),
                                        low.at(),
                                        racks,
                                        wanted,
                                        low.watts()));
    }
}
