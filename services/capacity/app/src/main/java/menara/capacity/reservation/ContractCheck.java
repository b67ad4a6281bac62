package menara.capacity.reservation;

import menara.capacity.contracts.KnownContract;
import menara.capacity.contracts.KnownContracts;
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
 * A commitment needs a contract of the tenant that is in force for its whole period. Every step that commits racks checks this, because a
 * contract may end between two steps. A repeated step commits nothing new and gets its first answer.
 */
final class ContractCheck {

    private ContractCheck() {}

    static void check(RequestReservation command, Reservation reservation, KnownContracts contracts) {
        if (reservation instanceof None) {
            KnownContract.require(
                    contracts.of(command.contract()), command.contract(), command.tenant(), command.period());
        }
    }

    static void check(HoldReservation command, Reservation reservation, KnownContracts contracts) {
        if (reservation instanceof Requested(var terms) && !reservation.took(command.step())) {
            require(terms, terms.period(), contracts);
        }
    }

    static void check(WaitlistReservation command, Reservation reservation, KnownContracts contracts) {
        if (reservation instanceof Requested(var terms) && !reservation.took(command.step())) {
            require(terms, terms.period(), contracts);
        }
    }

    static void check(ConfirmReservation command, Reservation reservation, KnownContracts contracts) {
        boolean commits = reservation instanceof Requested || reservation instanceof Held;
        if (commits && !reservation.took(command.step())) {
            reservation.asked().ifPresent(terms -> require(terms, terms.period(), contracts));
        }
    }

    /** A reservation may always give up racks or end earlier, even if its contract has ended. */
    static void check(ChangeReservation command, Reservation reservation, KnownContracts contracts) {
        if (reservation instanceof Confirmed confirmed && !reservation.took(command.step())) {
            var period = Changes.period(confirmed, command);
            var more = command.count() != null
                    && command.count() > confirmed.reserved().racks().size();
            if (more || period.until().isAfter(confirmed.terms().period().until())) {
                require(confirmed.terms(), period, contracts);
            }
        }
    }

    private static void require(Reservation.Terms terms, Period period, KnownContracts contracts) {
        KnownContract.require(contracts.of(terms.contract()), terms.contract(), terms.tenant(), period);
    }
}
