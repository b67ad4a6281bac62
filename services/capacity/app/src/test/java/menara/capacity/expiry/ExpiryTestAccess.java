package menara.capacity.expiry;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import menara.capacity.commitments.ReservationEvent;
import menara.capacity.expiry.ExpiryCommands.EndPeriod;
import menara.capacity.expiry.ExpiryCommands.ExpireHold;
import menara.capacity.reservation.Reservation;
import menara.values.ReservationId;

/** What a time that has come decides, for tests of whole lives. */
public final class ExpiryTestAccess {

    private ExpiryTestAccess() {}

    public static List<ReservationEvent> expire(ReservationId id, Instant at, Reservation reservation) {
        return ExpiryDecisions.decide(new ExpireHold(id, at), reservation);
    }

    public static List<ReservationEvent> endPeriod(ReservationId id, UUID step, Instant at, Reservation reservation) {
        return ExpiryDecisions.decide(new EndPeriod(id, step, at), reservation);
    }

    /** The command that lets a hold expire. */
    public static Object expire(ReservationId id, Instant at) {
        return new ExpireHold(id, at);
    }

    public static Object commandHandler() {
        return new ExpiryCommandHandler();
    }
}
