package menara.capacity.reservation;

import java.time.Instant;
import menara.values.ReservationId;

/** Take back what was handed over, if its period is over. */
record EndPeriod(ReservationId reservation, Instant at) {}
