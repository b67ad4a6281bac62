package menara.capacity.placement;

import static menara.capacity.campus.Scenes.NVL72;
import static menara.capacity.campus.Scenes.after;
import static menara.capacity.campus.Scenes.campus;
import static menara.capacity.campus.Scenes.connected;
import static menara.capacity.campus.Scenes.day;
import static menara.capacity.campus.Scenes.days;
import static menara.capacity.campus.Scenes.hall;
import static menara.capacity.campus.Scenes.node;
import static menara.capacity.campus.Scenes.phase;
import static menara.capacity.campus.Scenes.rack;
import static menara.capacity.campus.Scenes.released;
import static menara.capacity.campus.Scenes.small;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Scenes;
import menara.capacity.commitments.Demand;
import menara.capacity.commitments.ReservationConfirmed;
import menara.capacity.commitments.ReservationEnded;
import menara.capacity.layout.NodeKind;
import menara.capacity.layout.PhaseClassified;
import menara.capacity.placement.Placement.Placed;
import menara.capacity.placement.Placement.Refused;
import menara.values.ContractId;
import menara.values.NodeId;
import menara.values.Period;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlacementTest {

    private static final ReservationId RESERVATION = new ReservationId(new UUID(0, 1));
    private static final ContractId CONTRACT = new ContractId(new UUID(0, 2));
    private static final TenantId TENANT = new TenantId("atlas-ai");

    @Test
    void racks_are_taken_from_the_first_hall_in_the_order_of_their_names() {
        assertThat(racks(Placement.of(any(3), days(0, 30), small()))).containsExactly("a", "b", "c");
    }

    @Test
    void a_wanted_hall_is_the_only_one_looked_at() {
        assertThat(racks(Placement.of(inHall("h2", 2), days(0, 30), small()))).containsExactly("c", "d");
        assertThat(refused(Placement.of(inHall("h2", 3), days(0, 30), small())))
                .isEqualTo(
                        new Refused(
                                "not-enough-racks",
                                "3 racks are asked for; hall h2 has 2 that are free from 2026-01-01T00:00:00Z until 2026-01-31T00:00:00Z"));
    }

    @Test
    void named_racks_are_taken_exactly() {
        assertThat(racks(Placement.of(named("d", "b"), days(0, 30), small()))).containsExactly("b", "d");
    }

    @Test
    void a_named_rack_that_is_taken_is_refused_with_the_time_it_is_taken() {
        var campus = confirmed(small(), days(5, 10), named("d"));

        assertThat(refused(Placement.of(named("c", "d"), days(0, 30), campus)))
                .isEqualTo(new Refused(
                        "rack-taken", "rack d is taken from 2026-01-06T00:00:00Z until 2026-01-11T00:00:00Z"));
    }

    @Test
    void a_phase_without_enough_power_is_named_with_instant_and_missing_watts() {
        assertThat(refused(Placement.of(any(4), days(0, 30), small())))
                .isEqualTo(
                        new Refused(
                                "power-limit-exceeded",
                                "phase p1 is short of 132 kW from 2026-01-01T00:00:00Z: of the 4 lightest free racks those in it need 528 kW, and 396 kW is free then"));
    }

    @Test
    void every_node_of_the_power_tree_above_a_rack_must_carry_it_and_the_one_that_does_not_is_named() {
        var campus = after(
                small(),
                List.of(
                        node("u1", NodeKind.UTILITY, NVL72.times(4), List.of()),
                        node("u2", NodeKind.UTILITY, NVL72.times(4), List.of()),
                        node("b2", NodeKind.SWITCHBOARD, NVL72, List.of("u2")),
                        connected("a", "h1", "p1", "u1", "b2", null),
                        connected("b", "h1", "p1", "u1", "b2", null)));

        assertThat(racks(Placement.of(any(2), days(0, 30), campus))).containsExactly("a", "c");
        assertThat(refused(Placement.of(inHall("h1", 2), days(0, 30), campus)))
                .isEqualTo(
                        new Refused(
                                "power-limit-exceeded",
                                "node b2 is short of 132 kW from 2026-01-01T00:00:00Z: of the 2 lightest free racks those in it need 264 kW, and 132 kW is free then"));
        var taken = confirmed(campus, days(0, 10), named("a"));
        assertThat(racks(Placement.of(any(2), days(0, 30), taken))).containsExactly("c", "d");
    }

    @Test
    void a_hall_without_enough_power_is_named_with_the_instant_at_which_it_runs_short() {
        var campus = campus(
                phase("p1", Power.megawatts(1)),
                released("p1", Power.megawatts(1), day(0)),
                hall("h1", "p1", Power.kilowatts(250)),
                rack("a", "h1", "p1", Power.kilowatts(100)),
                rack("b", "h1", "p1", Power.kilowatts(100)),
                rack("c", "h1", "p1", Power.kilowatts(100)));
        campus = confirmed(campus, days(10, 20), named("a"));

        assertThat(refused(Placement.of(any(2), days(0, 30), campus)))
                .isEqualTo(
                        new Refused(
                                "power-limit-exceeded",
                                "hall h1 is short of 50 kW from 2026-01-11T00:00:00Z: of the 2 lightest free racks those in it need 200 kW, and 150 kW is free then"));
    }

    @Test
    void power_counts_from_the_instant_it_is_released() {
        var campus = campus(
                phase("p1", NVL72),
                released("p1", NVL72, day(10)),
                hall("h1", "p1", NVL72),
                rack("a", "h1", "p1", NVL72));

        assertThat(refused(Placement.of(any(1), days(9, 20), campus)).rule()).isEqualTo("power-limit-exceeded");
        assertThat(racks(Placement.of(any(1), days(10, 20), campus))).containsExactly("a");
    }

    @Test
    void one_reservation_begins_at_the_instant_another_ends() {
        var campus = confirmed(small(), days(0, 10), any(3));

        assertThat(racks(Placement.of(any(3), days(10, 20), campus))).containsExactly("a", "b", "c");
        var overlapping = new Period(day(10).minusNanos(1), day(20));
        assertThat(refused(Placement.of(any(3), overlapping, campus)).rule()).isEqualTo("not-enough-racks");
    }

    @Test
    void what_ended_early_can_be_placed_again_from_then_on() {
        var period = days(0, 10);
        var campus = confirmed(small(), period, any(3));
        var shares = ((Placed) Placement.of(any(3), period, small())).shares();
        campus = campus.evolve(
                new ReservationEnded(RESERVATION, CONTRACT, TENANT, period, shares, day(4), UUID.randomUUID(), day(4)));

        assertThat(racks(Placement.of(any(3), days(4, 10), campus))).containsExactly("a", "b", "c");
        assertThat(Placement.of(any(3), days(3, 10), campus)).isInstanceOf(Refused.class);
    }

    @Test
    void lighter_racks_are_taken_first_when_the_order_of_names_does_not_find_enough() {
        var campus = campus(
                phase("p1", Power.kilowatts(100)),
                released("p1", Power.kilowatts(100), day(0)),
                hall("h1", "p1", Power.kilowatts(100)),
                rack("a", "h1", "p1", Power.kilowatts(90)),
                rack("b", "h1", "p1", Power.kilowatts(50)),
                rack("c", "h1", "p1", Power.kilowatts(50)));

        assertThat(racks(Placement.of(any(1), days(0, 1), campus))).containsExactly("a");
        assertThat(racks(Placement.of(any(2), days(0, 1), campus))).containsExactly("b", "c");
    }

    private static Campus confirmed(Campus campus, Period period, Demand demand) {
        var placed = (Placed) Placement.of(demand, period, campus);
        return campus.evolve(new ReservationConfirmed(
                RESERVATION,
                CONTRACT,
                TENANT,
                period,
                demand,
                placed.shares(),
                placed.gpus(),
                placed.power(),
                UUID.randomUUID(),
                Instant.EPOCH));
    }

    private static List<String> racks(Placement.Outcome outcome) {
        return ((Placed) outcome)
                .shares().stream()
                        .flatMap(share -> share.racks().stream())
                        .map(RackId::value)
                        .toList();
    }

    private static Refused refused(Placement.Outcome outcome) {
        return (Refused) outcome;
    }

    private static Demand any(int count) {
        return new Demand(count, null, List.of());
    }

    private static Demand inHall(String hall, int count) {
        return new Demand(count, new NodeId(hall), List.of());
    }

    private static Demand named(String... names) {
        return new Demand(
                names.length, null, Arrays.stream(names).map(RackId::new).toList());
    }

    @Test
    void racks_of_one_row_stand_next_to_each_other_or_the_wish_is_refused() {
        var campus = Scenes.campus(
                Scenes.phase("p1", Scenes.NVL72.times(9)),
                Scenes.released("p1", Scenes.NVL72.times(9), Scenes.day(0)),
                Scenes.hall("h1", "p1", Scenes.NVL72.times(9)));
        for (var rack : new String[] {"r1", "r2", "r3", "r4", "r5"}) {
            campus = campus.evolve(Scenes.rack(rack, "h1", "p1", Scenes.NVL72));
            campus = campus.evolve(Scenes.inRow(rack, "h1", "p1", rack.equals("r5") ? "row-2" : "row-1"));
        }
        var two = new Demand(2, null, List.of(), null, true, null, null, null, null);
        var period = Scenes.days(0, 5);
        campus = campus.drawing(campus.rack(new RackId("r2")).orElseThrow(), period);

        assertThat(inOrder(Placement.of(two, period, campus))).isEqualTo("r3 r4");
        campus = campus.drawing(campus.rack(new RackId("r3")).orElseThrow(), period);
        assertThat(Placement.of(two, period, campus)).isInstanceOfSatisfying(Placement.Refused.class, refused -> {
            assertThat(refused.rule()).isEqualTo("not-enough-racks");
            assertThat(refused.reason()).contains("next to each other");
        });
        assertThat(inOrder(Placement.of(new Demand(2, null, List.of()), period, campus)))
                .isEqualTo("r1 r4");
    }

    @Test
    void racks_that_are_spread_lose_at_most_half_by_the_loss_of_one_feed() {
        var campus = Scenes.campus(
                Scenes.phase("p1", Scenes.NVL72.times(9)),
                Scenes.released("p1", Scenes.NVL72.times(9), Scenes.day(0)),
                Scenes.hall("h1", "p1", Scenes.NVL72.times(9)));
        for (var feed : new String[] {"s1", "s2"}) {
            campus = campus.evolve(Scenes.node(feed, NodeKind.SWITCHBOARD, Scenes.NVL72.times(9), List.of()));
        }
        for (var rack : new String[] {"r1", "r2", "r3", "r4", "r5"}) {
            var pdu = "pdu-" + rack;
            var feed = rack.equals("r4") || rack.equals("r5") ? "s2" : "s1";
            campus = campus.evolve(Scenes.node(pdu, NodeKind.RACK_PDU, Scenes.NVL72, List.of(feed)));
            campus = campus.evolve(Scenes.rack(rack, "h1", "p1", Scenes.NVL72));
            campus = campus.evolve(Scenes.connected(rack, "h1", "p1", pdu, null, null));
        }
        var period = Scenes.days(0, 5);

        assertThat(inOrder(Placement.of(spread(3), period, campus))).isEqualTo("r1 r2 r4");
        assertThat(inOrder(Placement.of(spread(4), period, campus))).isEqualTo("r1 r2 r4 r5");
        campus = campus.drawing(campus.rack(new RackId("r4")).orElseThrow(), period);
        assertThat(Placement.of(spread(4), period, campus))
                .isInstanceOfSatisfying(
                        Placement.Refused.class,
                        refused -> assertThat(refused.reason()).contains("at most 2 of them on one power node"));
        assertThat(inOrder(Placement.of(new Demand(4, null, List.of()), period, campus)))
                .isEqualTo("r1 r2 r3 r5");
    }

    private static Demand spread(int count) {
        return new Demand(count, null, List.of(), null, null, true, null, null, null);
    }

    @Test
    void a_level_of_sovereignty_is_met_or_the_wish_is_refused_by_that_rule() {
        var campus = Scenes.campus(
                Scenes.phase("p1", Scenes.NVL72.times(9)),
                Scenes.released("p1", Scenes.NVL72.times(9), Scenes.day(0)),
                Scenes.hall("h1", "p1", Scenes.NVL72.times(9)),
                Scenes.rack("r1", "h1", "p1", Scenes.NVL72),
                Scenes.phase("p2", Scenes.NVL72.times(9)),
                Scenes.released("p2", Scenes.NVL72.times(9), Scenes.day(0)),
                Scenes.hall("h2", "p2", Scenes.NVL72.times(9)),
                Scenes.rack("r2", "h2", "p2", Scenes.NVL72),
                new PhaseClassified(new PhaseId("p2"), 1, UUID.randomUUID(), Scenes.NOW));
        var period = Scenes.days(0, 5);

        assertThat(inOrder(Placement.of(level(1, null), period, campus))).isEqualTo("r2");
        assertSovereignty(Placement.of(level(2, null), period, campus));
        assertSovereignty(Placement.of(level(1, "r1"), period, campus));
        assertThat(inOrder(Placement.of(level(1, "r2"), period, campus))).isEqualTo("r2");
    }

    private static void assertSovereignty(Placement.Outcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Placement.Refused.class,
                        refused -> assertThat(refused.rule()).isEqualTo("sovereignty-level"));
    }

    private static Demand level(int level, @Nullable String rack) {
        return new Demand(
                1, null, rack == null ? List.of() : List.of(new RackId(rack)), null, null, null, level, null, null);
    }

    private static String inOrder(Placement.Outcome outcome) {
        return String.join(
                " ",
                ((Placement.Placed) outcome)
                        .shares().stream()
                                .flatMap(share -> share.racks().stream())
                                .map(RackId::value)
                                .toList());
    }
}
