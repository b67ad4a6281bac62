package menara.capacity.campus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.contracts.KnownContract;
import menara.capacity.contracts.KnownContracts;
import menara.capacity.deratings.DeratingCause;
import menara.capacity.deratings.PowerDerated;
import menara.capacity.layout.HallRegistered;
import menara.capacity.layout.NodeKind;
import menara.capacity.layout.PhasePlanned;
import menara.capacity.layout.PowerCommissioned;
import menara.capacity.layout.PowerNode;
import menara.capacity.layout.PowerNodesRegistered;
import menara.capacity.layout.RackConnection;
import menara.capacity.layout.RackRegistered;
import menara.capacity.layout.RacksConnected;
import menara.capacity.layout.Rating;
import menara.values.NodeId;
import menara.values.Period;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.RackId;
import menara.values.TenantId;
import menara.values.Uuid8;
import org.jspecify.annotations.Nullable;

/** Campuses for tests, told event by event. */
public final class Scenes {

    public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    public static final Power NVL72 = Power.kilowatts(132);

    /** Whatever is asked for is asked for under a contract of the one tenant, {@code t}. */
    public static final KnownContracts SIGNED = contract -> new KnownContract(
            contract,
            new TenantId("t"),
            Period.between(Instant.parse("2000-01-01T00:00:00Z"), Instant.parse("2100-01-01T00:00:00Z")));

    private Scenes() {}

    public static Campus campus(CampusEvent... events) {
        return after(Campus.EMPTY, List.of(events));
    }

    public static Campus after(Campus campus, List<? extends CampusEvent> events) {
        var next = campus;
        for (var event : events) {
            next = next.evolve(event);
        }
        return next;
    }

    public static PhasePlanned phase(String phase, Power planned) {
        return new PhasePlanned(new PhaseId(phase), "Phase " + phase, planned, LocalDate.of(2026, 1, 1), NOW);
    }

    public static PowerCommissioned released(String phase, Power power, Instant effectiveAt) {
        var release = Uuid8.derived(phase, power.toString(), effectiveAt.toString());
        return new PowerCommissioned(new PhaseId(phase), release, power, power, effectiveAt, NOW);
    }

    public static HallRegistered hall(String hall, String phase, Power limit) {
        return new HallRegistered(new NodeId(hall), new PhaseId(phase), limit, NOW);
    }

    public static RackRegistered rack(String rack, String hall, String phase, Power power) {
        return rack(rack, hall, phase, power, 72);
    }

    public static RackRegistered rack(String rack, String hall, String phase, Power power, int gpus) {
        return new RackRegistered(new RackId(rack), new NodeId(hall), new PhaseId(phase), gpus, "NVL72", power, NOW);
    }

    public static PowerNodesRegistered node(String node, NodeKind kind, Power limit, List<String> fedBy) {
        return new PowerNodesRegistered(
                List.of(new PowerNode(
                        new NodeId(node), kind, fedBy.stream().map(NodeId::new).toList(), Rating.of(limit))),
                NOW);
    }

    public static RacksConnected connected(
            String rack, String hall, String phase, @Nullable String a, @Nullable String b, @Nullable String cooling) {
        var connection = new RackConnection(new RackId(rack), null, id(a), id(b), id(cooling));
        return new RacksConnected(new NodeId(hall), new PhaseId(phase), List.of(connection), NOW);
    }

    public static PowerDerated derated(String node, List<String> path, Power lost, Period period) {
        return new PowerDerated(
                UUID.nameUUIDFromBytes((node + lost + period).getBytes(UTF_8)),
                new NodeId(node),
                DeratingCause.RESERVE,
                lost,
                period,
                "held back",
                path,
                NOW);
    }

    public static RacksConnected inRow(String rack, String hall, String phase, String row) {
        var connection = new RackConnection(new RackId(rack), new NodeId(row), null, null, null);
        return new RacksConnected(new NodeId(hall), new PhaseId(phase), List.of(connection), NOW);
    }

    private static @Nullable NodeId id(@Nullable String name) {
        return name == null ? null : new NodeId(name);
    }

    /** Days counted from {@link #NOW}. */
    public static Period days(int from, int until) {
        return new Period(day(from), day(until));
    }

    public static Instant day(int day) {
        return NOW.plusSeconds(day * 86_400L);
    }

    /** Phase p1 with 3 racks' power from day 0, hall h1 with limit and racks a, b, hall h2 with racks c, d. */
    public static Campus small() {
        return campus(
                phase("p1", NVL72.times(4)),
                released("p1", NVL72.times(3), day(0)),
                hall("h1", "p1", NVL72.times(2)),
                hall("h2", "p1", NVL72.times(2)),
                rack("b", "h1", "p1", NVL72),
                rack("a", "h1", "p1", NVL72),
                rack("d", "h2", "p1", NVL72),
                rack("c", "h2", "p1", NVL72));
    }
}
