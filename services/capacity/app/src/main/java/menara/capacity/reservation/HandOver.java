package menara.capacity.reservation;

import java.time.Instant;
import java.util.UUID;
import menara.capacity.commitments.ReservationActivated;
import menara.capacity.commitments.ReservationEnded;
import menara.capacity.reservation.Reservation.Active;
import menara.capacity.reservation.Reservation.Confirmed;
import menara.capacity.reservation.ReservationCommands.ActivateReservation;
import menara.capacity.reservation.ReservationCommands.EndReservation;
import menara.values.refusals.RuleViolated;

/** When racks are handed to the tenant and given back. The tenant pays for the time between. Pure. */
public final class HandOver {

    private HandOver() {}

    static ReservationActivated activated(ActivateReservation command, Confirmed confirmed) {
        var terms = confirmed.terms();
        var period = terms.period();
        // Outside its period the racks may belong to another tenant.
        if (command.at().isBefore(period.from())) {
            throw new RuleViolated(
                    "reservation-not-due",
                    "reservation %s begins at %s; it cannot be activated before"
                            .formatted(command.reservation(), period.from()));
        }
        if (!command.at().isBefore(period.until())) {
            throw new RuleViolated(
                    "reservation-over",
                    "the period of reservation %s ended at %s; reserve anew"
                            .formatted(command.reservation(), period.until()));
        }
        if (command.handedOverAt().isBefore(period.from())
                || command.handedOverAt().isAfter(command.at())) {
            throw new RuleViolated(
                    "hand-over-outside-period",
                    "the racks of reservation %s can be handed over from %s on and not after now, %s"
                            .formatted(command.reservation(), period.from(), command.at()));
        }
        return new ReservationActivated(
                terms.reservation(),
                terms.contract(),
                terms.tenant(),
                confirmed.reserved().racks(),
                confirmed.reserved().gpus(),
                period,
                command.handedOverAt(),
                command.step(),
                command.at());
    }

    static ReservationEnded ended(EndReservation command, Active active) {
        var until = active.terms().period().until();
        if (!command.endedAt().isAfter(active.activatedAt())
                || command.endedAt().isAfter(until)) {
            throw new RuleViolated(
                    "end-outside-period",
                    "reservation %s can end after its racks were handed over, %s, and no later than %s"
                            .formatted(command.reservation(), active.activatedAt(), until));
        }
        return ended(active, command.endedAt(), command.step(), command.at());
    }

    public static ReservationEnded ended(Active active, Instant endedAt, UUID step, Instant at) {
        var terms = active.terms();
        return new ReservationEnded(
                terms.reservation(),
                terms.contract(),
                terms.tenant(),
                terms.period(),
                active.reserved().shares(),
                endedAt,
                step,
                at);
    }
}
