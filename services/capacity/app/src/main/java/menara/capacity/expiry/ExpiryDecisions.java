package menara.capacity.expiry;

import java.util.List;
import menara.capacity.commitments.HoldExpired;
import menara.capacity.commitments.ReservationEvent;
import menara.capacity.expiry.ExpiryCommands.EndPeriod;
import menara.capacity.expiry.ExpiryCommands.ExpireHold;
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
import menara.capacity.reservation.Reservation.Waitlisted;
import menara.capacity.reservation.ReservationFacts;

/** What becomes of a reservation when a due date has come. Pure. */
final class ExpiryDecisions {

    private ExpiryDecisions() {}

    static List<ReservationEvent> decide(ExpireHold command, Reservation reservation) {
        return reservation instanceof Held(var terms, var reserved, var expiresAt)
                        && !command.at().isBefore(expiresAt)
                ? List.of(new HoldExpired(
                        terms.reservation(),
                        terms.contract(),
                        terms.tenant(),
                        terms.period(),
                        reserved.shares(),
                        command.at()))
                : List.of(); // confirmed, released, or not due yet
    }

    /** Ends an allocation at the end of its period, or releases a commitment whose racks were never handed over. */
    static List<ReservationEvent> decide(EndPeriod command, Reservation reservation) {
        return switch (reservation) {
            case Active active
            when isOver(active.terms(), command) ->
                List.of(HandOver.ended(active, active.terms().period().until(), command.step(), command.at()));
            case Confirmed confirmed
            when isOver(confirmed.terms(), command) ->
                List.of(ReservationFacts.withdrawn(
                        confirmed.terms(), confirmed.reserved().shares(), true, command.step(), command.at()));
            // Ended or released before, or not due yet: the period may have become longer.
            case Active _,
                    Confirmed _,
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

    private static boolean isOver(Reservation.Terms terms, EndPeriod command) {
        return !command.at().isBefore(terms.period().until());
    }
}
