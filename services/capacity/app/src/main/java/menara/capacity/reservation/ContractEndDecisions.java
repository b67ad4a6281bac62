package menara.capacity.reservation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import menara.capacity.commitments.ReservationCutShort;
import menara.capacity.commitments.ReservationEnded;
import menara.capacity.commitments.ReservationEvent;
import menara.capacity.commitments.ReservationReplaced;
import menara.capacity.reservation.ContractEndCommands.CutToTerm;
import menara.capacity.reservation.Reservation.Active;
import menara.capacity.reservation.Reservation.Confirmed;
import menara.capacity.reservation.Reservation.Ended;
import menara.capacity.reservation.Reservation.Expired;
import menara.capacity.reservation.Reservation.Held;
import menara.capacity.reservation.Reservation.None;
import menara.capacity.reservation.Reservation.Rejected;
import menara.capacity.reservation.Reservation.Released;
import menara.capacity.reservation.Reservation.Requested;
import menara.capacity.reservation.Reservation.Terms;
import menara.capacity.reservation.Reservation.Waitlisted;
import menara.capacity.reservation.ReservationCommands.ReleaseReservation;
import menara.values.Period;

/**
 * What becomes of a promise whose contract ends earlier (ADR 80). It knows itself whether it was done: what was cut outlasts nothing any
 * more. Pure.
 */
final class ContractEndDecisions {

    /** What was handed over after the contract had ended was had for a moment at least: an allocation has a length. */
    private static final Duration LEAST = Duration.ofMillis(1);

    private ContractEndDecisions() {}

    static List<ReservationEvent> decide(CutToTerm command, Reservation reservation) {
        return switch (reservation) {
            case Confirmed confirmed
            when outlasts(confirmed.terms().period().until(), command) ->
                told(
                        confirmed.terms().period().from().isBefore(command.contractEnds())
                                ? shortened(confirmed, command)
                                : released(confirmed, command),
                        confirmed.terms(),
                        command);
            case Active active
            when outlasts(active.terms().period().until(), command) ->
                told(
                        HandOver.returned(active, end(active.activatedAt(), command), command.step(), command.at()),
                        active.terms(),
                        command);
            // Its end was recorded ahead of time; until then it is an allocation.
            case Ended ended
            when ended.endedAt().isAfter(end(ended.activatedAt(), command)) ->
                told(returnedEarlier(ended, command), ended.terms(), command);
            // Nothing is promised, or nothing beyond: a hold is not confirmed on a contract that ends before (Grounds).
            case Confirmed _,
                    Active _,
                    Ended _,
                    Released _,
                    Expired _,
                    Rejected _,
                    Held _,
                    Waitlisted _,
                    Requested _,
                    None _ -> List.of();
        };
    }

    private static boolean outlasts(Instant until, CutToTerm command) {
        return until.isAfter(command.contractEnds());
    }

    private static Instant end(Instant activatedAt, CutToTerm command) {
        var earliest = activatedAt.plus(LEAST);
        return command.contractEnds().isBefore(earliest) ? earliest : command.contractEnds();
    }

    private static ReservationEvent released(Confirmed confirmed, CutToTerm command) {
        return Promising.release(
                confirmed.terms(),
                confirmed.holding().shares(),
                true,
                new ReleaseReservation(command.reservation(), command.step(), command.at()));
    }

    private static ReservationEvent shortened(Confirmed confirmed, CutToTerm command) {
        var terms = confirmed.terms();
        var holding = confirmed.holding();
        return new ReservationReplaced(
                terms.reservation(),
                terms.contract(),
                terms.tenant(),
                terms.changes() + 1,
                new ReservationReplaced.Before(terms.period(), holding.shares()),
                new Period(terms.period().from(), command.contractEnds()),
                terms.demand(),
                holding.shares(),
                holding.gpus(),
                holding.power(),
                command.step(),
                command.at());
    }

    private static ReservationEvent returnedEarlier(Ended ended, CutToTerm command) {
        var terms = ended.terms();
        return new ReservationEnded(
                terms.reservation(),
                terms.contract(),
                terms.tenant(),
                new Period(terms.period().from(), ended.endedAt()),
                ended.holding().shares(),
                end(ended.activatedAt(), command),
                command.step(),
                command.at());
    }

    private static List<ReservationEvent> told(ReservationEvent cut, Terms terms, CutToTerm command) {
        return List.of(
                cut,
                new ReservationCutShort(
                        terms.reservation(), terms.contract(), terms.tenant(), command.contractEnds(), command.at()));
    }
}
