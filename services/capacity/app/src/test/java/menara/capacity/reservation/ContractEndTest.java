package menara.capacity.reservation;

import static menara.capacity.campus.Scenes.day;
import static menara.capacity.campus.Scenes.days;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Scenes;
import menara.capacity.commitments.Demand;
import menara.capacity.commitments.ReservationCutShort;
import menara.capacity.commitments.ReservationEnded;
import menara.capacity.commitments.ReservationEvent;
import menara.capacity.commitments.ReservationReplaced;
import menara.capacity.commitments.ReservationWithdrawn;
import menara.capacity.contractend.ContractEndTestAccess;
import menara.capacity.ledger.Ledger;
import menara.capacity.reservation.ReservationCommands.ActivateReservation;
import menara.capacity.reservation.ReservationCommands.ConfirmReservation;
import menara.capacity.reservation.ReservationCommands.EndReservation;
import menara.capacity.reservation.ReservationCommands.RequestReservation;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a commitment of three racks from the tenth day to the fortieth when its contract ends earlier. */
class ContractEndTest {

    private static final ReservationId ID = new ReservationId(new UUID(0, 1));
    private static final ContractId CONTRACT = new ContractId(new UUID(0, 2));

    private Campus campus = Scenes.small();
    private Ledger ledger = Ledger.EMPTY;
    private Reservation reservation = new Reservation.None();

    @BeforeEach
    void confirm() {
        tell(ReservationDecisions.decide(
                new RequestReservation(
                        ID, CONTRACT, new TenantId("t"), days(10, 40), new Demand(3, null, List.of()), Scenes.NOW),
                reservation,
                campus));
        tell(ReservationDecisions.decide(
                new ConfirmReservation(ID, UUID.randomUUID(), Scenes.NOW), reservation, campus));
    }

    @Test
    void a_commitment_that_begins_when_the_contract_is_over_is_released() {
        for (int end : new int[] {1, 9, 10}) {
            assertThat(cut(end)).hasExactlyElementsOfTypes(ReservationWithdrawn.class, ReservationCutShort.class);
        }
        tell(cut(10));

        assertThat(reservation).isInstanceOf(Reservation.Released.class);
        assertFree(days(0, 60));
    }

    @Test
    void a_commitment_that_begins_before_ends_with_the_contract_on_the_same_racks() {
        var racks = ((Reservation.Confirmed) reservation).reserved().racks();

        assertThat(cut(20)).hasExactlyElementsOfTypes(ReservationReplaced.class, ReservationCutShort.class);
        tell(cut(20));

        assertThat(reservation).isInstanceOfSatisfying(Reservation.Confirmed.class, confirmed -> {
            assertThat(confirmed.terms().period()).isEqualTo(days(10, 20));
            assertThat(confirmed.reserved().racks()).isEqualTo(racks);
        });
        assertFree(days(20, 60));
        assertThat(campus.rack(racks.getFirst()).orElseThrow().taken().isFree(days(19, 20)))
                .isFalse();
    }

    @Test
    void racks_that_were_handed_over_go_back_when_the_contract_ends() {
        tell(ReservationDecisions.decide(
                new ActivateReservation(ID, day(12), UUID.randomUUID(), day(12)), reservation));

        assertThat(cut(20)).hasExactlyElementsOfTypes(ReservationEnded.class, ReservationCutShort.class);
        tell(cut(20));

        assertThat(reservation)
                .isInstanceOfSatisfying(
                        Reservation.Ended.class,
                        ended -> assertThat(ended.endedAt()).isEqualTo(day(20)));
        assertFree(days(20, 60));
    }

    @Test
    void what_was_ended_ahead_of_time_ends_earlier_still() {
        tell(ReservationDecisions.decide(
                new ActivateReservation(ID, day(12), UUID.randomUUID(), day(12)), reservation));
        tell(ReservationDecisions.decide(new EndReservation(ID, day(30), UUID.randomUUID(), day(12)), reservation));

        tell(cut(20));

        assertThat(reservation)
                .isInstanceOfSatisfying(
                        Reservation.Ended.class,
                        ended -> assertThat(ended.endedAt()).isEqualTo(day(20)));
        assertFree(days(20, 60));
    }

    @Test
    void what_was_handed_over_after_the_contract_had_ended_ends_right_after_its_hand_over() {
        tell(ReservationDecisions.decide(
                new ActivateReservation(ID, day(12), UUID.randomUUID(), day(12)), reservation));

        tell(cut(11));

        assertThat(reservation)
                .isInstanceOfSatisfying(
                        Reservation.Ended.class,
                        ended -> assertThat(ended.endedAt()).isEqualTo(day(12).plusMillis(1)));
        assertThat(cut(11)).isEmpty();
    }

    @Test
    void a_commitment_that_ends_with_its_contract_or_before_stays_and_a_cut_is_not_made_twice() {
        assertThat(cut(40)).isEmpty();
        assertThat(cut(41)).isEmpty();

        tell(cut(20));

        assertThat(cut(20)).isEmpty();
        assertThat(cut(30)).isEmpty();
        assertThat(ledger.outlasting(CONTRACT, day(19))).containsExactly(ID);
        assertThat(ledger.outlasting(CONTRACT, day(20))).isEmpty();
        assertThat(ledger.outlasting(new ContractId(new UUID(0, 3)), day(0))).isEmpty();
    }

    private List<ReservationEvent> cut(int day) {
        return ContractEndTestAccess.cut(ID, day(day), UUID.randomUUID(), Scenes.NOW, reservation);
    }

    private void assertFree(Period period) {
        var free = new ArrayList<RackId>();
        campus.racks().filter(rack -> rack.taken().isFree(period)).forEach(rack -> free.add(rack.rack()));
        assertThat(free).hasSize(4);
        assertThat(campus.free("h1").lowestWatts(period))
                .isEqualTo(Scenes.NVL72.times(2).watts());
        assertThat(campus.free("h2").lowestWatts(period))
                .isEqualTo(Scenes.NVL72.times(2).watts());
        assertThat(campus.free("p1").at(period.from())).isEqualTo(powerOf("p1", period.from()));
    }

    private static long powerOf(String phase, Instant at) {
        return Scenes.small().free(phase).at(at);
    }

    private void tell(List<ReservationEvent> events) {
        for (var event : events) {
            if (event instanceof CampusEvent told) {
                campus = campus.evolve(told);
                ledger = ledger.evolve(told);
            }
        }
        reservation = reservation.evolve(events);
    }
}
