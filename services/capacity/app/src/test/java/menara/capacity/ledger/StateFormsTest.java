package menara.capacity.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import menara.capacity.boundary.Boundary;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.boundary.Samples;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Scenes;
import menara.capacity.campus.ThroughSnapshots;
import menara.capacity.commitments.Demand;
import menara.capacity.commitments.HoldExpired;
import menara.capacity.commitments.ReservationHeld;
import menara.capacity.commitments.Share;
import menara.capacity.layout.Circuit;
import menara.capacity.layout.NodeKind;
import menara.capacity.layout.PhasePlanned;
import menara.capacity.layout.PowerNode;
import menara.capacity.layout.PowerNodesRegistered;
import menara.capacity.layout.Rating;
import menara.eventstore.spring.StateForm;
import menara.values.ContractId;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.junit.jupiter.api.Test;

/** A state that was written down and read again is the same state. */
class StateFormsTest {

    private static final StateForm<Boundary, Campus> CAMPUS =
            ThroughSnapshots.CAMPUS.form().orElseThrow();
    private static final StateForm<Boundary, Ledger> LEDGER =
            Ledgers.DEFINITION.form().orElseThrow();

    private static void assertSameAgain(Campus campus) {
        assertThat(CAMPUS.state(CAMPUS.bytes(campus))).isEqualTo(campus);
    }

    private static void assertSameAgain(Ledger ledger) {
        assertThat(LEDGER.state(LEDGER.bytes(ledger))).isEqualTo(ledger);
    }

    @Test
    void after_each_kind_of_event() {
        var campus = Campus.EMPTY;
        var ledger = Ledger.EMPTY;
        assertSameAgain(campus);
        assertSameAgain(ledger);
        for (var event : Samples.events()) {
            if (event instanceof CampusEvent happened) {
                campus = campus.evolve(happened);
                ledger = ledger.evolve(happened);
                assertSameAgain(campus);
                assertSameAgain(ledger);
            }
        }
        assertThat(campus.steps()).isNotEmpty();
        assertThat(ledger.made()).isPositive();
    }

    @Test
    void with_everything_that_a_wish_can_say_and_a_hold_that_came_to_nothing() {
        var id = new ReservationId(new UUID(1, 2));
        var demand =
                new Demand(2, new NodeId("h1"), List.of(), new PhaseId("p1"), true, null, 2, 144, Power.watts(264_000));
        var shares = List.of(new Share(
                new NodeId("h1"), new PhaseId("p1"), List.of(new RackId("r1"), new RackId("r2")), Scenes.NVL72));
        var contract = new ContractId(new UUID(3, 4));
        var held = new ReservationHeld(
                id,
                contract,
                new TenantId("t"),
                Scenes.days(1, 2),
                demand,
                shares,
                144,
                Scenes.NVL72,
                Scenes.day(1),
                new UUID(5, 6),
                Scenes.NOW);
        var ledger = Ledger.EMPTY
                .evolve(held)
                .evolve(new HoldExpired(id, contract, new TenantId("t"), Scenes.days(1, 2), shares, Scenes.NOW));

        assertThat(ledger.commitments().values())
                .singleElement()
                .satisfies(commitment -> assertThat(commitment.until()).isEqualTo(Instant.MIN));
        assertSameAgain(ledger);
    }

    @Test
    void with_names_that_need_care_and_nodes_rated_by_their_circuits() {
        var campus = Scenes.campus(
                new PhasePlanned(
                        new PhaseId("p1"),
                        "Phase \"1\" – البيضاء \u2028 🏗",
                        Power.ZERO,
                        LocalDate.of(2026, 1, 1),
                        Scenes.NOW),
                new PowerNodesRegistered(
                        List.of(new PowerNode(
                                new NodeId("u"),
                                NodeKind.UTILITY,
                                List.of(),
                                new Rating(null, new Circuit(60_000, 1_000, 3), 3, 1, 80))),
                        Scenes.NOW));

        assertSameAgain(campus);
    }

    @Test
    void damaged_bytes_are_no_state() {
        var bytes = LEDGER.bytes(Ledger.EMPTY);
        for (int i = 0; i < bytes.length; i++) {
            var fewer = Arrays.copyOf(bytes, i);
            assertThatThrownBy(() -> LEDGER.state(fewer)).isInstanceOf(RuntimeException.class);
        }
        for (int i = 10; i < bytes.length; i++) { // the first ten say only that it is compressed, and when
            var other = bytes.clone();
            other[i] ^= 0x10;
            assertThatThrownBy(() -> LEDGER.state(other)).isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void each_boundary_has_a_name_of_its_own_and_sets_of_phases_have_none() {
        var one = new PhaseId("p1");

        assertThat(CAMPUS.name(new Boundary.Site())).hasValue("site");
        assertThat(CAMPUS.name(new Boundary.Layout())).hasValue("layout");
        assertThat(CAMPUS.name(new Boundary.Phases(Set.of(one)))).hasValue("phase/p1");
        assertThat(CAMPUS.name(new Boundary.Phases(Set.of(one, new PhaseId("p2")))))
                .isEmpty();
    }

    @Test
    void the_code_of_both_is_followed() {
        assertThat(CAMPUS.revision()).hasSize(32).isNotEqualTo(LEDGER.revision());
    }
}
