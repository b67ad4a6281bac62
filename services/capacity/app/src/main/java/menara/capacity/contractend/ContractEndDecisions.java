package menara.capacity.contractend;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import menara.capacity.commitments.ReservationCutShort;
import menara.capacity.commitments.ReservationEnded;
import menara.capacity.commitments.ReservationEvent;
import menara.capacity.commitments.ReservationReplaced;
import menara.capacity.contractend.ContractEndCommands.CutToTerm;
import menara.capacity.reservation.HandOver;
import menara.capacity.reservation.Reservation;
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
import menara.capacity.reservation.ReservationFacts;
import menara.values.Period;

/**
 * What becomes of a commitment whose contract ends earlier (ADR 80). Repeating it changes nothing, because a commitment that was cut no
 * longer outlasts its contract. Pure.
 */
final class ContractEndDecisions {

    /** An allocation that began after the contract had ended still lasts a moment, because a period is never empty. */
    private static final Duration LEAST = Duration.ofMillis(1);

    private ContractEndDecisions() {}

    static List<ReservationEvent> decide(CutToTerm command, Reservation reservation) {
        return switch (reservation) {
            case Confirmed confirmed
            when outlasts(confirmed.terms().period().until(), command) ->
                withReason(
                        confirmed.terms().period().from().isBefore(command.contractEnds())
                                ? shortened(confirmed, command)
                                : released(confirmed, command),
                        confirmed.terms(),
                        command);
            case Active active
            when outlasts(active.terms().period().until(), command) ->
                withReason(
                        HandOver.ended(active, end(active.activatedAt(), command), command.step(), command.at()),
                        active.terms(),
                        command);
            // Its end was recorded ahead of time; until then it is an allocation.
            case Ended ended
            when ended.endedAt().isAfter(end(ended.activatedAt(), command)) ->
                withReason(returnedEarlier(ended, command), ended.terms(), command);
            // Nothing is committed, or nothing beyond the contract: a hold is not confirmed on a contract that ends
            // before
            // (ContractCheck).
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
        return ReservationFacts.withdrawn(
                confirmed.terms(), confirmed.reserved().shares(), true, command.step(), command.at());
    }

    private static ReservationEvent shortened(Confirmed confirmed, CutToTerm command) {
        var terms = confirmed.terms();
        var reserved = confirmed.reserved();
        return new ReservationReplaced(
                terms.reservation(),
                terms.contract(),
                terms.tenant(),
                terms.changes() + 1,
                new ReservationReplaced.Before(terms.period(), reserved.shares()),
                new Period(terms.period().from(), command.contractEnds()),
                terms.demand(),
                reserved.shares(),
                reserved.gpus(),
                reserved.power(),
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
                ended.reserved().shares(),
                end(ended.activatedAt(), command),
                command.step(),
                command.at());
    }

    private static List<ReservationEvent> withReason(ReservationEvent cut, Terms terms, CutToTerm command) {
        return List.of(
                cut,
                new ReservationCutShort(
                        terms.reservation(), terms.contract(), terms.tenant(), command.contractEnds(), command.at()));
    }
}
