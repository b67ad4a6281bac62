package menara.capacity.reservation;

import static menara.capacity.campus.Scenes.day;
import static menara.capacity.campus.Scenes.days;
import static menara.capacity.campus.Scenes.small;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import menara.capacity.campus.Campus;
import menara.capacity.commitments.Demand;
import menara.capacity.commitments.ReservationActivated;
import menara.capacity.commitments.ReservationConfirmed;
import menara.capacity.commitments.ReservationEnded;
import menara.capacity.commitments.ReservationEvent;
import menara.capacity.commitments.ReservationRejected;
import menara.capacity.commitments.ReservationRequested;
import menara.capacity.commitments.ReservationWithdrawn;
import menara.capacity.expiry.ExpiryTestAccess;
import menara.capacity.reservation.ReservationCommands.ActivateReservation;
import menara.capacity.reservation.ReservationCommands.ConfirmReservation;
import menara.capacity.reservation.ReservationCommands.EndReservation;
import menara.capacity.reservation.ReservationCommands.RequestReservation;
import menara.values.ContractId;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;
import menara.values.refusals.InvalidField;
import menara.values.refusals.NotFound;
import menara.values.refusals.RuleViolated;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ReservationDecisionsTest {

    private static final ReservationId RESERVATION = new ReservationId(new UUID(0, 1));
    private static final ContractId CONTRACT = new ContractId(new UUID(0, 2));
    private static final TenantId TENANT = new TenantId("atlas-ai");
    private static final Reservation NONE = new Reservation.None();

    @Test
    void requesting_racks_anywhere_depends_on_no_phase() {
        assertThat(ReservationDecisions.decide(request(any(2)), NONE, small()))
                .containsExactly(new ReservationRequested(
                        RESERVATION, CONTRACT, TENANT, days(0, 10), any(2), List.of(), day(0)));
    }

    @Test
    void requesting_racks_of_a_hall_depends_on_its_phase() {
        var demand = new Demand(1, new NodeId("h2"), List.of());

        assertThat(ReservationDecisions.decide(request(demand), NONE, small()))
                .singleElement()
                .extracting(event -> ((ReservationRequested) event).phases())
                .isEqualTo(List.of(new PhaseId("p1")));
    }

    @Test
    void requesting_unknown_nodes_names_the_field() {
        assertThatThrownBy(() ->
                        ReservationDecisions.decide(request(new Demand(1, new NodeId("h9"), List.of())), NONE, small()))
                .isInstanceOfSatisfying(
                        InvalidField.class, e -> assertThat(e.field()).isEqualTo("racks.hall"));
        assertThatThrownBy(() -> ReservationDecisions.decide(
                        request(new Demand(2, null, List.of(new RackId("a"), new RackId("z")))), NONE, small()))
                .isInstanceOfSatisfying(
                        InvalidField.class, e -> assertThat(e.field()).isEqualTo("racks.names[1]"));
        assertThatThrownBy(() -> ReservationDecisions.decide(
                        request(new Demand(1, new NodeId("h2"), List.of(new RackId("a")))), NONE, small()))
                .isInstanceOfSatisfying(
                        InvalidField.class, e -> assertThat(e.field()).isEqualTo("racks.names[0]"));
    }

    @Test
    void confirming_seals_racks_and_power() {
        var events = confirm(requested(any(2)), small());

        assertThat(events).singleElement().isInstanceOfSatisfying(ReservationConfirmed.class, commitment -> {
            assertThat(commitment.shares().getFirst().racks()).containsExactly(new RackId("a"), new RackId("b"));
            assertThat(commitment.gpus()).isEqualTo(144);
            assertThat(commitment.power().watts()).isEqualTo(264_000);
            assertThat(commitment.nodes()).containsExactly("p1", "h1");
        });
    }

    @Test
    void confirming_what_does_not_fit_refuses_it_with_rule_and_reason() {
        var events = confirm(requested(any(4)), small());

        assertThat(events).singleElement().isInstanceOfSatisfying(ReservationRejected.class, refused -> {
            assertThat(refused.rule()).isEqualTo("power-limit-exceeded");
            assertThat(refused.reason()).contains("phase p1 is short of 132 kW from 2026-01-01T00:00:00Z");
        });
    }

    @Test
    void confirming_twice_decides_once() {
        var confirmed = requested(any(2)).evolve(confirm(requested(any(2)), small()));
        var rejected = requested(any(4)).evolve(confirm(requested(any(4)), small()));

        assertThat(confirm(confirmed, Campus.EMPTY)).isEmpty();
        assertThat(confirm(active(), Campus.EMPTY)).isEmpty();
        assertThat(confirm(rejected, Campus.EMPTY)).isEmpty();
    }

    @Test
    void activating_hands_the_racks_over_once() {
        var confirmed = requested(any(2)).evolve(confirm(requested(any(2)), small()));

        assertThat(activate(confirmed, day(3)))
                .containsExactly(new ReservationActivated(
                        RESERVATION,
                        CONTRACT,
                        TENANT,
                        List.of(new RackId("a"), new RackId("b")),
                        144,
                        days(0, 10),
                        day(3),
                        step(day(3)),
                        day(3)));
        assertThat(activate(active(), day(4))).isEmpty();
    }

    @Test
    void activating_before_the_period_is_refused_because_the_racks_may_still_be_anothers() {
        var confirmed = requested(any(2)).evolve(confirm(requested(any(2)), small()));

        assertRule("reservation-not-due", () -> activate(confirmed, day(0).minusNanos(1)));
    }

    @Test
    void activating_after_the_period_is_refused_because_the_racks_may_be_anothers_by_then() {
        var confirmed = requested(any(2)).evolve(confirm(requested(any(2)), small()));

        assertThat(activate(confirmed, day(10).minusMillis(1))).hasSize(1);
        assertRule("reservation-over", () -> activate(confirmed, day(10)));
        assertRule("reservation-over", () -> activate(confirmed, day(400)));
    }

    @Test
    void a_hand_over_may_be_recorded_later_than_it_was_but_lies_in_the_period_and_not_in_the_future() {
        var confirmed = requested(any(2)).evolve(confirm(requested(any(2)), small()));

        assertThat(handOver(confirmed, day(2), day(5)))
                .singleElement()
                .isInstanceOfSatisfying(ReservationActivated.class, handedOver -> {
                    assertThat(handedOver.handedOverAt()).isEqualTo(day(2));
                    assertThat(handedOver.at()).isEqualTo(day(5));
                });
        assertRule("hand-over-outside-period", () -> handOver(confirmed, day(5).plusMillis(1), day(5)));
        assertRule("hand-over-outside-period", () -> handOver(confirmed, day(0).minusMillis(1), day(5)));
    }

    @Test
    void an_allocation_ends_with_its_period_once_and_not_before() {
        assertThat(endPeriod(day(12), active()))
                .singleElement()
                .isInstanceOfSatisfying(
                        ReservationEnded.class,
                        returned -> assertThat(returned.endedAt()).isEqualTo(day(10)));
        assertThat(endPeriod(day(10).minusMillis(1), active())).isEmpty();
        var ended = active().evolve(end(active(), day(4)));
        assertThat(endPeriod(day(12), ended)).isEmpty();
        assertThat(endPeriod(day(12), active().evolve(endPeriod(day(12), active()))))
                .isEmpty();
        assertThat(endPeriod(day(12), requested(any(2)))).isEmpty();
    }

    @Test
    void a_commitment_that_was_never_handed_over_is_free_again_when_its_period_is_over() {
        var confirmed = requested(any(2)).evolve(confirm(requested(any(2)), small()));
        assertThat(endPeriod(day(10), confirmed))
                .singleElement()
                .isInstanceOfSatisfying(ReservationWithdrawn.class, released -> {
                    assertThat(released.confirmed()).isTrue();
                    assertThat(released.shares()).isNotEmpty();
                });
        assertThat(endPeriod(day(10).minusMillis(1), confirmed)).isEmpty();
        var released = confirmed.evolve(endPeriod(day(10), confirmed));
        assertThat(endPeriod(day(10), released)).as("told twice").isEmpty();
        assertRule("reservation-released", () -> activate(released, day(11)));
    }

    private static List<ReservationEvent> endPeriod(Instant at, Reservation reservation) {
        return ExpiryTestAccess.endPeriod(RESERVATION, step(at), at, reservation);
    }

    @Test
    void what_was_handed_over_ends_after_that() {
        var confirmed = requested(any(2)).evolve(confirm(requested(any(2)), small()));
        var late = confirmed.evolve(activate(confirmed, day(3)));

        assertRule("end-outside-period", () -> end(late, day(3)));
        assertRule("end-outside-period", () -> end(late, day(2)));
        assertThat(end(late, day(4))).hasSize(1);
    }

    @Test
    void activating_what_is_not_confirmed_is_refused() {
        assertRule("reservation-not-confirmed", () -> activate(requested(any(2)), day(1)));
        var rejected = requested(any(4)).evolve(confirm(requested(any(4)), small()));
        assertRule("reservation-not-confirmed", () -> activate(rejected, day(1)));
    }

    @Test
    void ending_frees_the_racks_from_the_given_instant() {
        assertThat(end(active(), day(4))).singleElement().isInstanceOfSatisfying(ReservationEnded.class, returned -> {
            assertThat(returned.endedAt()).isEqualTo(day(4));
            assertThat(returned.period()).isEqualTo(days(0, 10));
            assertThat(returned.nodes()).containsExactly("p1", "h1");
        });
    }

    @Test
    void ending_again_at_the_same_instant_changes_nothing_and_at_another_is_refused() {
        var ended = active().evolve(end(active(), day(4)));

        assertThat(end(ended, day(4))).isEmpty();
        assertRule("reservation-ended", () -> end(ended, day(5)));
        assertRule("reservation-ended", () -> activate(ended, day(5)));
        assertRule("reservation-ended", () -> confirm(ended, small()));
    }

    @Test
    void ending_outside_the_period_is_refused() {
        assertRule("end-outside-period", () -> end(active(), day(0)));
        assertRule("end-outside-period", () -> end(active(), day(10).plusMillis(1)));
        assertThat(end(active(), day(10))).hasSize(1);
    }

    @Test
    void ending_what_is_not_active_is_refused() {
        var confirmed = requested(any(2)).evolve(confirm(requested(any(2)), small()));
        var rejected = requested(any(4)).evolve(confirm(requested(any(4)), small()));

        assertRule("reservation-not-active", () -> end(requested(any(2)), day(1)));
        assertRule("reservation-not-active", () -> end(confirmed, day(1)));
        assertRule("reservation-not-active", () -> end(rejected, day(1)));
    }

    @Test
    void a_reservation_nobody_asked_for_is_not_found() {
        assertThatThrownBy(() -> confirm(NONE, small())).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> activate(NONE, day(1))).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> end(NONE, day(1))).isInstanceOf(NotFound.class);
    }

    private static Reservation requested(Demand demand) {
        return NONE.evolve(ReservationDecisions.decide(request(demand), NONE, small()));
    }

    private static Reservation active() {
        var confirmed = requested(any(2)).evolve(confirm(requested(any(2)), small()));
        return confirmed.evolve(activate(confirmed, day(1)));
    }

    private static RequestReservation request(Demand demand) {
        return new RequestReservation(RESERVATION, CONTRACT, TENANT, days(0, 10), demand, day(0));
    }

    private static List<ReservationEvent> confirm(Reservation reservation, Campus campus) {
        return ReservationDecisions.decide(
                new ConfirmReservation(RESERVATION, UUID.randomUUID(), day(0)), reservation, campus);
    }

    private static List<ReservationEvent> activate(Reservation reservation, Instant at) {
        return handOver(reservation, at, at);
    }

    private static List<ReservationEvent> handOver(Reservation reservation, Instant handedOverAt, Instant at) {
        return ReservationDecisions.decide(
                new ActivateReservation(RESERVATION, handedOverAt, step(at), at), reservation);
    }

    private static List<ReservationEvent> end(Reservation reservation, Instant endedAt) {
        return ReservationDecisions.decide(
                new EndReservation(RESERVATION, endedAt, UUID.randomUUID(), day(9)), reservation);
    }

    private static void assertRule(String rule, ThrowingCallable decision) {
        assertThatThrownBy(decision)
                .isInstanceOfSatisfying(
                        RuleViolated.class, e -> assertThat(e.rule()).isEqualTo(rule));
    }

    private static Demand any(int count) {
        return new Demand(count, null, List.of());
    }

    /** Another one each time. */
    private static UUID step(Instant at) {
        return new UUID(7, at.getEpochSecond());
    }
}
