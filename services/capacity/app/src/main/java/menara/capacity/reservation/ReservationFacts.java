package menara.capacity.reservation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import menara.capacity.campus.Campus;
import menara.capacity.commitments.ReservationConfirmed;
import menara.capacity.commitments.ReservationEvent;
import menara.capacity.commitments.ReservationRejected;
import menara.capacity.commitments.ReservationWithdrawn;
import menara.capacity.commitments.Share;
import menara.capacity.placement.Placement;
import menara.capacity.reservation.Reservation.Terms;
import menara.capacity.reservation.ReservationCommands.ConfirmReservation;

/** The events of a reservation that is confirmed, rejected or withdrawn. Pure. */
public final class ReservationFacts {

    private ReservationFacts() {}

    static ReservationEvent confirmed(Terms terms, Campus campus, ConfirmReservation command) {
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

    /** @param confirmed whether it had been confirmed */
    public static ReservationWithdrawn withdrawn(
            Terms terms, List<Share> shares, boolean confirmed, UUID step, Instant at) {
        return new ReservationWithdrawn(
                terms.reservation(), terms.contract(), terms.tenant(), terms.period(), shares, confirmed, step, at);
    }
}
