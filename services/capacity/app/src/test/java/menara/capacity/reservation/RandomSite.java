package menara.capacity.reservation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Scenes;
import menara.capacity.commitments.Demand;
import menara.capacity.layout.NodeKind;
import menara.capacity.layout.PhaseClassified;
import menara.capacity.layout.RackConnection;
import menara.capacity.layout.RackRegistered;
import menara.capacity.layout.RacksConnected;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.RackId;
import org.jspecify.annotations.Nullable;

/** A small campus of two phases, of other levels, with halls, rows and feeds, racks of two sizes, and requests for it; all by chance. */
public final class RandomSite {

    private final SplittableRandom random;
    private final boolean nested;
    private final DemandCheck check = new DemandCheck();
    private Campus campus = Campus.EMPTY;

    /** @param nested whether each hall has feeds of its own, as in any tree; otherwise all halls of a phase share theirs */
    public RandomSite(SplittableRandom random, boolean nested) {
        this.random = random;
        this.nested = nested;
        build();
    }

    public Campus campus() {
        return campus;
    }

    public DemandCheck check() {
        return check;
    }

    public void tell(CampusEvent event) {
        campus = campus.evolve(event);
    }

    private void build() {
        for (int p = 0; p < 2; p++) {
            var phase = "p" + p;
            tell(Scenes.phase(phase, Power.megawatts(9)));
            tell(Scenes.released(phase, Power.megawatts(9), Scenes.day(0)));
            tell(new PhaseClassified(new PhaseId(phase), p + 1, UUID.randomUUID(), Scenes.NOW));
            for (int h = 0; h < 2; h++) {
                var hall = "h" + p + h;
                var feeds = nested ? "s" + p + h : "s" + p;
                feeds(feeds);
                tell(Scenes.hall(hall, phase, Power.watts(random.nextLong(60, 200))));
                int racks = 4 + random.nextInt(4);
                for (int r = 0; r < racks; r++) {
                    rack(
                            "%s-%d".formatted(hall, r),
                            hall,
                            phase,
                            p + 1,
                            "row" + random.nextInt(2),
                            feeds + "-" + random.nextInt(3));
                }
            }
        }
    }

    private void feeds(String name) {
        for (int f = 0; f < 3; f++) {
            var feed = name + "-" + f;
            if (!campus.hasNode(feed)) {
                tell(Scenes.node(feed, NodeKind.SWITCHBOARD, Power.watts(random.nextLong(60, 200)), List.of()));
            }
        }
    }

    private void rack(String rack, String hall, String phase, int level, String row, String feed) {
        int gpus = random.nextBoolean() ? 36 : 72;
        long watts = random.nextLong(5, 25);
        tell(new RackRegistered(
                new RackId(rack), new NodeId(hall), new PhaseId(phase), gpus, "m", Power.watts(watts), Scenes.NOW));
        tell(new RacksConnected(
                new NodeId(hall),
                new PhaseId(phase),
                List.of(new RackConnection(new RackId(rack), new NodeId(row), new NodeId(feed), null, null)),
                Scenes.NOW));
        check.rack(rack, new DemandCheck.Place(hall, phase, level, row, feed, gpus, watts));
    }

    public Demand demand() {
        int count = 1 + random.nextInt(4);
        var phase = random.nextInt(3) == 0 ? "p" + random.nextInt(2) : null;
        var hall = random.nextInt(3) == 0
                ? "h" + (phase == null ? random.nextInt(2) : phase.charAt(1) - '0') + random.nextInt(2)
                : null;
        Integer level = random.nextInt(2) == 0 ? null : 1 + random.nextInt(2);
        if (random.nextInt(6) == 0) {
            var names = new ArrayList<>(check.names());
            names.removeIf(rack -> (hall != null && !check.place(rack).hall().equals(hall))
                    || (phase != null && !check.place(rack).phase().equals(phase)));
            var chosen = new ArrayList<RackId>();
            while (chosen.size() < count) {
                chosen.add(new RackId(names.remove(random.nextInt(names.size()))));
            }
            return new Demand(
                    count, id(hall), chosen, phase == null ? null : new PhaseId(phase), null, null, level, null, null);
        }
        boolean contiguous = random.nextInt(4) == 0;
        boolean spread = !contiguous && random.nextInt(3) == 0;
        Integer gpus = random.nextInt(3) == 0 ? 36 * (count + random.nextInt(count + 1)) : null;
        Power power = gpus == null && random.nextInt(4) == 0 ? Power.watts(random.nextLong(5, 20) * count) : null;
        return new Demand(
                count,
                id(hall),
                List.of(),
                phase == null ? null : new PhaseId(phase),
                contiguous ? true : null,
                spread ? true : null,
                level,
                gpus,
                power);
    }

    public static DemandCheck.Request request(Demand demand) {
        var names = new HashSet<String>();
        demand.names().forEach(rack -> names.add(rack.value()));
        return new DemandCheck.Request(
                demand.count(),
                demand.hall() == null ? "" : demand.hall().value(),
                demand.phase() == null ? "" : demand.phase().value(),
                demand.level() == null ? 0 : demand.level(),
                Boolean.TRUE.equals(demand.contiguous()),
                Boolean.TRUE.equals(demand.spread()),
                demand.gpus() == null ? 0 : demand.gpus(),
                demand.power() == null ? 0 : demand.power().watts(),
                names);
    }

    private static @Nullable NodeId id(@Nullable String name) {
        return name == null ? null : new NodeId(name);
    }
}
