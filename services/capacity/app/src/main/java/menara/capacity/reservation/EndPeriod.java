package menara.capacity.reservation;

import java.time.Instant;
import java.util.UUID;
import menara.values.ReservationId;

/** Take back what was handed over, if its period is over. */
record EndPeriod(ReservationId reservation, UUID step, Instant at) {}
