package menara.capacity.envelope;

import static menara.capacity.campus.Scenes.day;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Scenes;
import menara.capacity.commitments.Demand;
import menara.capacity.commitments.ReservationConfirmed;
import menara.capacity.commitments.Share;
import menara.capacity.deratings.DeratingCause;
import menara.capacity.deratings.PowerDerated;
import menara.capacity.deratings.PowerRestored;
import menara.capacity.envelope.EnvelopeView.Node;
import menara.capacity.layout.NodeKind;
import menara.values.ContractId;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EnvelopeQueryTest {

    private static final UUID DERATING = new UUID(0, 7);

    @Test
    void each_node_shows_its_limit_what_is_committed_and_what_is_left_on_its_path() {
        assertThat(nodes(committed(), day(5)))
                .containsExactly(
                        node("menara", "site", null, 100, 30, 70, 0),
                        node("p1", "phase", "menara", 100, 30, 70, 0),
                        node("h1", "hall", "p1", 500, 30, 70, 0),
                        node("u1", "utility", null, 90, 30, 60, 0),
                        node("s1", "switchboard", "u1", 90, 30, 60, 0));
    }

    @Test
    void power_released_later_is_not_there_yet() {
        assertThat(limitOfPhase(day(9))).isEqualTo(100);
        assertThat(limitOfPhase(day(10))).isEqualTo(150);
        assertThat(limitOfPhase(day(0).minusMillis(1))).isZero();
    }

    @Test
    void what_is_derated_is_missing_from_then_on_until_it_is_restored() {
        var derated = committed()
                .evolve(new PowerDerated(
                        DERATING,
                        new NodeId("u1"),
                        DeratingCause.OUTAGE,
                        Power.watts(40),
                        Scenes.days(5, 1_000),
                        "out",
                        List.of("u1"),
                        day(5)));
        var restored = derated.evolve(new PowerRestored(
                DERATING,
                new NodeId("u1"),
                Power.watts(40),
                Scenes.days(8, 1_000),
                List.of("u1"),
                UUID.randomUUID(),
                day(8)));

        assertThat(nodes(derated, day(4))).contains(node("u1", "utility", null, 90, 30, 60, 0));
        assertThat(nodes(derated, day(5)))
                .contains(node("u1", "utility", null, 90, 30, 20, 40), node("s1", "switchboard", "u1", 90, 30, 20, 0));
        assertThat(nodes(restored, day(7))).contains(node("u1", "utility", null, 90, 30, 20, 40));
        assertThat(nodes(restored, day(8))).contains(node("u1", "utility", null, 90, 30, 60, 0));
    }

    @Test
    void a_node_that_lost_more_than_was_left_shows_what_is_committed_and_nothing_free() {
        var derated = committed()
                .evolve(new PowerDerated(
                        DERATING,
                        new NodeId("p1"),
                        DeratingCause.OUTAGE,
                        Power.watts(90),
                        Scenes.days(0, 9),
                        "out",
                        List.of("p1"),
                        day(0)));

        assertThat(nodes(derated, day(5)))
                .contains(
                        node("menara", "site", null, 100, 30, 0, 90),
                        node("p1", "phase", "menara", 100, 30, 0, 90),
                        node("h1", "hall", "p1", 500, 30, 0, 0));
    }

    private static List<Node> nodes(Campus campus, Instant at) {
        return EnvelopeQuery.at(at, at, campus).nodes();
    }

    private static long limitOfPhase(Instant at) {
        return nodes(committed(), at).get(1).limit().watts();
    }

    /** 100 W from day 0, 50 W more from day 10; a rack of 30 W committed for days 0 to 9. */
    private static Campus committed() {
        return Scenes.campus(
                Scenes.phase("p1", Power.watts(1_000)),
                Scenes.released("p1", Power.watts(100), day(0)),
                Scenes.released("p1", Power.watts(50), day(10)),
                Scenes.hall("h1", "p1", Power.watts(500)),
                Scenes.node("u1", NodeKind.UTILITY, Power.watts(90), List.of()),
                Scenes.node("s1", NodeKind.SWITCHBOARD, Power.watts(95), List.of("u1")),
                Scenes.rack("r1", "h1", "p1", Power.watts(30)),
                Scenes.connected("r1", "h1", "p1", "s1", null, null),
                new ReservationConfirmed(
                        new ReservationId(new UUID(0, 1)),
                        new ContractId(new UUID(0, 2)),
                        new TenantId("t"),
                        Scenes.days(0, 9),
                        new Demand(1, null, List.of()),
                        List.of(new Share(
                                new NodeId("h1"), new PhaseId("p1"), List.of(new RackId("r1")), Power.watts(30))),
                        72,
                        Power.watts(30),
                        UUID.randomUUID(),
                        day(0)));
    }

    private static Node node(String node, String kind, @Nullable String parent, long... watts) {
        return new Node(
                new NodeId(node),
                kind,
                parent == null ? null : new NodeId(parent),
                Power.watts(watts[0]),
                Power.watts(watts[1]),
                Power.watts(watts[2]),
                Power.watts(watts[3]));
    }
}
