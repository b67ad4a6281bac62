package menara.capacity.reservation;

import static menara.capacity.campus.Scenes.day;
import static menara.capacity.campus.Scenes.days;
import static menara.capacity.campus.Scenes.small;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Scenes;
import menara.capacity.commitments.Demand;
import menara.capacity.commitments.ReservationConfirmed;
import menara.capacity.commitments.ReservationEvent;
import menara.capacity.commitments.ReservationReplaced;
import menara.capacity.commitments.Share;
import menara.capacity.expiry.ExpiryTestAccess;
import menara.capacity.reservation.ReservationCommands.ActivateReservation;
import menara.capacity.reservation.ReservationCommands.ChangeReservation;
import menara.capacity.reservation.ReservationCommands.ConfirmReservation;
import menara.capacity.reservation.ReservationCommands.EndReservation;
import menara.capacity.reservation.ReservationCommands.HoldReservation;
import menara.capacity.reservation.ReservationCommands.ReleaseReservation;
import menara.capacity.reservation.ReservationCommands.RequestReservation;
import menara.capacity.reservation.ReservationCommands.WaitlistReservation;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;
import menara.values.refusals.InvalidField;
import menara.values.refusals.NotFound;
import menara.values.refusals.RuleViolated;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every step from every state, and what a change makes of a reservation. */
class LifeCycleTest {

    private static final ReservationId RESERVATION = new ReservationId(new UUID(0, 1));
    private static final ContractId CONTRACT = new ContractId(new UUID(0, 2));
    private static final TenantId TENANT = new TenantId("atlas-ai");

    /** A step, at day 1, an hour before the hold expires. */
    private interface Step {
        List<ReservationEvent> from(Reservation reservation, Campus campus);
    }

    private static final Map<String, Step> STEPS = steps(day(1));

    private static Map<String, Step> steps(Instant at) {
        var steps = new LinkedHashMap<String, Step>();
        steps.put(
                "wait",
                (state, campus) -> ReservationDecisions.decide(
                        new WaitlistReservation(RESERVATION, UUID.randomUUID(), at), state, campus));
        steps.put(
                "hold",
                (state, campus) -> ReservationDecisions.decide(
                        new HoldReservation(RESERVATION, day(1).plusSeconds(3_600), UUID.randomUUID(), at),
                        state,
                        campus));
        steps.put("expire", (state, _) -> ExpiryTestAccess.expire(RESERVATION, at, state));
        steps.put(
                "confirm",
                (state, campus) -> ReservationDecisions.decide(
                        new ConfirmReservation(RESERVATION, UUID.randomUUID(), at), state, campus));
        steps.put(
                "change",
                (state, campus) ->
                        ReservationDecisions.decide(change(day(5), null, List.of(), List.of()), state, campus));
        steps.put(
                "release",
                (state, _) ->
                        ReservationDecisions.decide(new ReleaseReservation(RESERVATION, UUID.randomUUID(), at), state));
        steps.put(
                "activate",
                (state, _) -> ReservationDecisions.decide(
                        new ActivateReservation(RESERVATION, at, UUID.randomUUID(), at), state));
        steps.put(
                "end",
                (state, _) -> ReservationDecisions.decide(
                        new EndReservation(RESERVATION, day(2), UUID.randomUUID(), at), state));
        return steps;
    }

    @Test
    void each_step_from_each_state_is_taken_repeated_without_effect_or_refused_by_a_rule() {
        var table = new ArrayList<String>();
        states().forEach((name, life) -> {
            for (var step : STEPS.entrySet()) {
                table.add("%s %s: %s".formatted(name, step.getKey(), outcome(step.getValue(), life)));
            }
        });

        assertThat(String.join("\n", table)).isEqualTo("""
                none wait: not found
                none hold: not found
                none expire: nothing
                none confirm: not found
                none change: not found
                none release: not found
                none activate: not found
                none end: not found
                requested wait: ReservationWaitlisted
                requested hold: ReservationHeld
                requested expire: nothing
                requested confirm: ReservationConfirmed
                requested change: reservation-not-confirmed
                requested release: ReservationWithdrawn
                requested activate: reservation-not-confirmed
                requested end: reservation-not-active
                waitlisted wait: nothing
                waitlisted hold: reservation-waitlisted
                waitlisted expire: nothing
                waitlisted confirm: reservation-waitlisted
                waitlisted change: reservation-not-confirmed
                waitlisted release: ReservationWithdrawn
                waitlisted activate: reservation-not-confirmed
                waitlisted end: reservation-not-active
                held wait: nothing
                held hold: nothing
                held expire: nothing
                held confirm: HoldConfirmed
                held change: reservation-not-confirmed
                held release: ReservationWithdrawn
                held activate: reservation-not-confirmed
                held end: reservation-not-active
                expired wait: hold-expired
                expired hold: hold-expired
                expired expire: nothing
                expired confirm: hold-expired
                expired change: reservation-not-confirmed
                expired release: nothing
                expired activate: hold-expired
                expired end: reservation-not-active
                released wait: reservation-released
                released hold: reservation-released
                released expire: nothing
                released confirm: reservation-released
                released change: reservation-not-confirmed
                released release: nothing
                released activate: reservation-released
                released end: reservation-not-active
                rejected wait: reservation-not-confirmed
                rejected hold: reservation-not-confirmed
                rejected expire: nothing
                rejected confirm: nothing
                rejected change: reservation-not-confirmed
                rejected release: nothing
                rejected activate: reservation-not-confirmed
                rejected end: reservation-not-active
                confirmed wait: nothing
                confirmed hold: nothing
                confirmed expire: nothing
                confirmed confirm: nothing
                confirmed change: ReservationReplaced
                confirmed release: ReservationWithdrawn
                confirmed activate: ReservationActivated
                confirmed end: reservation-not-active
                active wait: nothing
                active hold: nothing
                active expire: nothing
                active confirm: nothing
                active change: reservation-active
                active release: reservation-active
                active activate: nothing
                active end: ReservationEnded
                ended wait: reservation-ended
                ended hold: reservation-ended
                ended expire: nothing
                ended confirm: reservation-ended
                ended change: reservation-ended
                ended release: reservation-ended
                ended activate: reservation-ended
                ended end: nothing""");
    }

    private static String outcome(Step step, Life life) {
        try {
            var events = step.from(life.state, life.campus);
            return events.isEmpty() ? "nothing" : events.getFirst().getClass().getSimpleName();
        } catch (RuleViolated e) {
            return e.rule();
        } catch (NotFound _) {
            return "not found";
        }
    }

    private static Map<String, Life> states() {
        var states = new LinkedHashMap<String, Life>();
        states.put("none", new Life());
        states.put("requested", new Life().requested(1));
        states.put("waitlisted", new Life().requested(1).then("wait"));
        states.put("held", new Life().requested(1).then("hold"));
        states.put("expired", new Life().requested(1).then("hold").expired());
        states.put("released", new Life().requested(1).then("release"));
        states.put("rejected", new Life().requested(4).then("confirm"));
        states.put("confirmed", new Life().requested(1).then("confirm"));
        states.put("active", new Life().requested(1).then("confirm").then("activate"));
        states.put(
                "ended",
                new Life().requested(1).then("confirm").then("activate").then("end"));
        return states;
    }

    /** A reservation and the campus it is made on. */
    private static final class Life {

        private Reservation state = new Reservation.None();
        private Campus campus = small();

        Life requested(int count) {
            return take(ReservationDecisions.decide(
                    new RequestReservation(
                            RESERVATION, CONTRACT, TENANT, days(1, 10), new Demand(count, null, List.of()), day(0)),
                    state,
                    campus));
        }

        Life then(String step) {
            return take(STEPS.getOrDefault(step, (_, _) -> List.of()).from(state, campus));
        }

        Life expired() {
            return take(ExpiryTestAccess.expire(RESERVATION, day(1).plusSeconds(3_600), state));
        }

        Life take(List<ReservationEvent> events) {
            for (var event : events) {
                state = state.evolve(event);
                if (event instanceof CampusEvent campusEvent) {
                    campus = campus.evolve(campusEvent);
                }
            }
            return this;
        }
    }

    @Test
    void a_hold_takes_its_racks_until_it_expires_and_not_an_instant_longer() {
        var held = new Life().requested(2).then("hold");
        var racks = List.of(new RackId("a"), new RackId("b"));
        var inTime = new ConfirmReservation(
                RESERVATION, UUID.randomUUID(), day(1).plusSeconds(3_600).minusMillis(1));
        var late = new ConfirmReservation(RESERVATION, UUID.randomUUID(), day(1).plusSeconds(3_600));

        assertThat(held.campus.rack(racks.getFirst()).orElseThrow().taken().isFree(days(1, 10)))
                .isFalse();
        assertThat(ReservationDecisions.decide(inTime, held.state, Campus.EMPTY))
                .hasSize(1);
        assertThatThrownBy(() -> ReservationDecisions.decide(late, held.state, Campus.EMPTY))
                .as("whether or not it has been cleared away")
                .isInstanceOfSatisfying(
                        RuleViolated.class, e -> assertThat(e.rule()).isEqualTo("hold-expired"));
        held.expired();
        assertThat(held.campus.rack(racks.getFirst()).orElseThrow().taken().isFree(days(1, 10)))
                .isTrue();
        assertThat(held.campus.free("p1").lowestWatts(days(1, 10)))
                .isEqualTo(small().free("p1").lowestWatts(days(1, 10)));
    }

    @Test
    void a_longer_period_keeps_the_racks_if_they_are_free_all_of_it() {
        var life = confirmed(1);
        life.campus = life.campus.evolve(other(days(12, 14), "a"));

        assertThat(changed(life, change(day(12), null, List.of(), List.of())).period())
                .isEqualTo(days(1, 12));
        assertRule("rack-taken", life, change(day(13), null, List.of(), List.of()));
        assertRule(null, life, change(day(1), null, List.of(), List.of()));
    }

    @Test
    void more_racks_are_added_beside_those_it_has_and_fewer_are_taken_from_the_end() {
        var life = confirmed(1);

        assertThat(racks(changed(life, change(null, 2, List.of(), List.of())))).isEqualTo("a b");
        assertRule("not-enough-racks", life, change(null, 3, List.of(), List.of()));
        assertThat(racks(changed(confirmed(2), change(null, 1, List.of(), List.of()))))
                .isEqualTo("a");
        assertThat(racks(changed(life, change(null, 3, List.of(), List.of(new RackId("d"), new RackId("b"))))))
                .isEqualTo("a b d");
    }

    @Test
    void a_rack_is_swapped_for_the_one_named_or_for_any() {
        var life = confirmed(1);

        assertThat(racks(changed(life, change(null, null, List.of(new RackId("a")), List.of(new RackId("d"))))))
                .isEqualTo("d");
        assertThat(racks(changed(confirmed(2), change(null, 2, List.of(new RackId("a")), List.of(new RackId("c"))))))
                .isEqualTo("b c");
        assertThatThrownBy(() -> changed(life, change(null, null, List.of(new RackId("c")), List.of())))
                .isInstanceOfSatisfying(
                        InvalidField.class, e -> assertThat(e.field()).isEqualTo("giveUp[0]"));
        assertThatThrownBy(() -> changed(life, change(null, null, List.of(), List.of(new RackId("z")))))
                .isInstanceOfSatisfying(
                        InvalidField.class, e -> assertThat(e.field()).isEqualTo("take[0]"));
    }

    @Test
    void a_change_that_changes_nothing_decides_nothing() {
        var life = confirmed(1);

        assertThat(ReservationDecisions.decide(change(day(10), 1, List.of(), List.of()), life.state, life.campus))
                .isEmpty();
    }

    private static Life confirmed(int count) {
        return new Life().requested(count).then("confirm");
    }

    private static ReservationReplaced changed(Life life, ChangeReservation change) {
        return (ReservationReplaced)
                ReservationDecisions.decide(change, life.state, life.campus).getFirst();
    }

    private static String racks(ReservationReplaced changed) {
        return String.join(
                " ",
                changed.shares().stream()
                        .flatMap(share -> share.racks().stream())
                        .map(RackId::value)
                        .toList());
    }

    /** @param rule null for an invalid field */
    private static void assertRule(@Nullable String rule, Life life, ChangeReservation change) {
        assertThatThrownBy(() -> ReservationDecisions.decide(change, life.state, life.campus))
                .satisfies(e -> assertThat(e instanceof RuleViolated violated ? violated.rule() : null)
                        .isEqualTo(rule));
    }

    private static ChangeReservation change(
            @Nullable Instant until, @Nullable Integer count, List<RackId> giveUp, List<RackId> take) {
        return new ChangeReservation(RESERVATION, until, count, giveUp, take, UUID.randomUUID(), day(1));
    }

    private static ReservationConfirmed other(Period period, String rack) {
        var hall = Scenes.small().rack(new RackId(rack)).orElseThrow();
        return new ReservationConfirmed(
                new ReservationId(new UUID(0, 9)),
                CONTRACT,
                TENANT,
                period,
                new Demand(1, null, List.of()),
                List.of(new Share(hall.hall(), hall.phase(), List.of(new RackId(rack)), hall.power())),
                72,
                hall.power(),
                UUID.randomUUID(),
                day(0));
    }
}
