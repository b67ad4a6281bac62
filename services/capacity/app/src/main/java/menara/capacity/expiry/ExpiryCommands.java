package menara.capacity.expiry;

import java.time.Instant;
import java.util.UUID;
import menara.values.ReservationId;

/** Commands to a reservation when a due date has come. */
sealed interface ExpiryCommands {

    /** Free the racks of a hold, if it has expired. */
    record ExpireHold(ReservationId reservation, Instant at) implements ExpiryCommands {}

    /** If the period is over, end the allocation, or free racks that were never handed over. */
    record EndPeriod(ReservationId reservation, UUID step, Instant at) implements ExpiryCommands {}
}
