package menara.capacity.reservation;

import menara.capacity.contracts.Agreement;
import menara.capacity.contracts.Agreements;
import menara.capacity.reservation.Reservation.Confirmed;
import menara.capacity.reservation.Reservation.Held;
import menara.capacity.reservation.Reservation.None;
import menara.capacity.reservation.Reservation.Requested;
import menara.capacity.reservation.ReservationCommands.ChangeReservation;
import menara.capacity.reservation.ReservationCommands.ConfirmReservation;
import menara.capacity.reservation.ReservationCommands.HoldReservation;
import menara.capacity.reservation.ReservationCommands.RequestReservation;
import menara.capacity.reservation.ReservationCommands.WaitlistReservation;
import menara.values.Period;

/**
 * A promise rests on a contract of the tenant that is in force for all of its period. That is looked at by every step that promises anything, because
 * a contract may end between two of them; a step that was taken before promises nothing anew and is answered as it was.
 */
final class Grounds {

    private Grounds() {}

    static void check(RequestReservation command, Reservation reservation, Agreements agreements) {
        if (reservation instanceof None) {
            Agreement.require(
                    agreements.of(command.contract()), command.contract(), command.tenant(), command.period());
        }
    }

    static void check(HoldReservation command, Reservation reservation, Agreements agreements) {
        if (reservation instanceof Requested(var terms) && !reservation.took(command.step())) {
            require(terms, terms.period(), agreements);
        }
    }

    static void check(WaitlistReservation command, Reservation reservation, Agreements agreements) {
        if (reservation instanceof Requested(var terms) && !reservation.took(command.step())) {
            require(terms, terms.period(), agreements);
        }
    }

    static void check(ConfirmReservation command, Reservation reservation, Agreements agreements) {
        var promises = reservation instanceof Requested || reservation instanceof Held;
        if (promises && !reservation.took(command.step())) {
            reservation.asked().ifPresent(terms -> require(terms, terms.period(), agreements));
        }
    }

    /** Racks may always be given up, and a period made shorter, whatever became of the contract. */
    static void check(ChangeReservation command, Reservation reservation, Agreements agreements) {
        if (reservation instanceof Confirmed confirmed && !reservation.took(command.step())) {
            var period = Changes.period(confirmed, command);
            var more = command.count() != null
                    && command.count() > confirmed.holding().racks().size();
            if (more || period.until().isAfter(confirmed.terms().period().until())) {
                require(confirmed.terms(), period, agreements);
            }
        }
    }

    private static void require(Reservation.Terms terms, Period period, Agreements agreements) {
        Agreement.require(agreements.of(terms.contract()), terms.contract(), terms.tenant(), period);
    }
}
