package menara.capacity.reservation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import menara.capacity.events.RacksHandedOver;
import menara.capacity.events.RacksReturned;
import menara.capacity.events.ReservationEvent;
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
import menara.platform.web.RuleViolated;

/** When racks change hands: from the site to the tenant and back. What lies between is what a tenant has, and pays for. Pure. */
final class HandOver {

    private HandOver() {}

    static RacksHandedOver of(ActivateReservation command, Confirmed confirmed) {
        var terms = confirmed.terms();
        var period = terms.period();
        // Outside of its period the racks may be another tenant's.
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
        return new RacksHandedOver(
                terms.reservation(),
                terms.contract(),
                terms.tenant(),
                confirmed.holding().racks(),
                confirmed.holding().gpus(),
                period,
                command.handedOverAt(),
                command.step(),
                command.at());
    }

    static RacksReturned back(EndReservation command, Active active) {
        var until = active.terms().period().until();
        if (!command.endedAt().isAfter(active.activatedAt())
                || command.endedAt().isAfter(until)) {
            throw new RuleViolated(
                    "end-outside-period",
                    "reservation %s can end after its racks were handed over, %s, and no later than %s"
                            .formatted(command.reservation(), active.activatedAt(), until));
        }
        return returned(active, command.endedAt(), command.step(), command.at());
    }

    /** What the end of a period ends: an allocation, or a promise whose racks were kept until then and never handed over. */
    static List<ReservationEvent> decide(EndPeriod command, Reservation reservation) {
        return switch (reservation) {
            case Active active
            when isOver(active.terms(), command) ->
                List.of(returned(active, active.terms().period().until(), command.step(), command.at()));
            case Confirmed confirmed
            when isOver(confirmed.terms(), command) ->
                List.of(Promising.release(
                        confirmed.terms(),
                        confirmed.holding().shares(),
                        true,
                        new ReleaseReservation(command.reservation(), command.step(), command.at())));
            // Given back or given up before, or not due yet: the period may have become longer.
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

    static RacksReturned returned(Active active, Instant endedAt, UUID step, Instant at) {
        var terms = active.terms();
        return new RacksReturned(
                terms.reservation(),
                terms.contract(),
                terms.tenant(),
                terms.period(),
                active.holding().shares(),
                endedAt,
                step,
                at);
    }
}
