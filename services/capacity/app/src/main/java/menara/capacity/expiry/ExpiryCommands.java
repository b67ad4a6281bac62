package menara.capacity.expiry;

import java.time.Instant;
import java.util.UUID;
import menara.values.ReservationId;

/** What is asked of a reservation when a time has come. */
sealed interface ExpiryCommands {

    /** Free what a hold took, if its time has come. */
    record ExpireHold(ReservationId reservation, Instant at) implements ExpiryCommands {}

    /** If the period is over: take back what was handed over, or free what was kept and never handed over. */
    record EndPeriod(ReservationId reservation, UUID step, Instant at) implements ExpiryCommands {}
}
