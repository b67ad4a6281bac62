package menara.capacity.reservation;

import menara.capacity.placement.EligibleRacks;
import menara.capacity.placement.Placement;
import menara.capacity.reservation.Reservation.Ended;
import menara.values.ReservationId;
import menara.values.refusals.NotFound;
import menara.values.refusals.RuleViolated;

/** Why a step is refused in the present state of a reservation. */
final class Refusals {

    private Refusals() {}

    static NotFound notFound(ReservationId reservation) {
        return new NotFound("reservation", reservation);
    }

    static RuleViolated expired(ReservationId reservation, String when) {
        return new RuleViolated("hold-expired", "the hold %s expired %s".formatted(reservation, when));
    }

    static RuleViolated waits(ReservationId reservation) {
        return new RuleViolated(
                "reservation-waitlisted",
                "reservation %s is on the waitlist and is confirmed automatically; release it to request anew"
                        .formatted(reservation));
    }

    static RuleViolated released(ReservationId reservation) {
        return new RuleViolated("reservation-released", "reservation %s was released".formatted(reservation));
    }

    static RuleViolated notConfirmed(ReservationId reservation, String why) {
        return new RuleViolated("reservation-not-confirmed", "reservation %s %s".formatted(reservation, why));
    }

    static RuleViolated hasEnded(Ended ended) {
        return new RuleViolated(
                "reservation-ended",
                "reservation %s ended at %s".formatted(ended.terms().reservation(), ended.endedAt()));
    }

    /** Why a request was rejected, without anything about other commitments. */
    static String shownToTenant(String rule) {
        return switch (rule) {
            case Placement.RACK_TAKEN ->
                "a rack that was asked for by name is not free for the whole period; ask for offers";
            case Placement.NOT_ENOUGH_RACKS -> "not enough such racks are free for the whole period; ask for offers";
            case Placement.POWER_LIMIT_EXCEEDED ->
                "not enough power is free for such racks for the whole period; ask for offers";
            case EligibleRacks.SOVEREIGNTY -> "no racks of the wanted level of sovereignty can be had there";
            default -> "it does not fit; ask for offers";
        };
    }
}
