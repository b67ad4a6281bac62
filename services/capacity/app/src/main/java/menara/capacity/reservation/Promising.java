package menara.capacity.reservation;

import java.util.List;
import menara.capacity.campus.Campus;
import menara.capacity.commitments.ReservationConfirmed;
import menara.capacity.commitments.ReservationEvent;
import menara.capacity.commitments.ReservationRejected;
import menara.capacity.commitments.ReservationWithdrawn;
import menara.capacity.commitments.Share;
import menara.capacity.reservation.Reservation.Terms;
import menara.capacity.reservation.ReservationCommands.ConfirmReservation;
import menara.capacity.reservation.ReservationCommands.ReleaseReservation;

/** What is recorded of a promise that is given, refused or given up. */
final class Promising {

    private Promising() {}

    static ReservationEvent seal(Terms terms, Campus campus, ConfirmReservation command) {
        return switch (Placement.of(terms.demand(), terms.period(), campus)) {
            case Placement.Placed(var shares, int gpus, var power) ->
                new ReservationConfirmed(
                        terms.reservation(),
                        terms.contract(),
                        terms.tenant(),
                        terms.period(),
                        terms.demand(),
                        shares,
                        gpus,
                        power,
                        command.step(),
                        command.at());
            case Placement.Refused(var rule, var reason) ->
                new ReservationRejected(
                        terms.reservation(),
                        terms.contract(),
                        terms.tenant(),
                        rule,
                        reason,
                        command.step(),
                        command.at());
        };
    }

    static ReservationWithdrawn release(Terms terms, List<Share> shares, boolean promised, ReleaseReservation command) {
        return new ReservationWithdrawn(
                terms.reservation(),
                terms.contract(),
                terms.tenant(),
                terms.period(),
                shares,
                promised,
                command.step(),
                command.at());
    }
}
