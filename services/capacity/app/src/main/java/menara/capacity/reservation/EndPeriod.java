package menara.capacity.reservation;

import java.time.Instant;
import java.util.UUID;
import menara.values.ReservationId;

/** If the period is over: take back what was handed over, or free what was kept and never handed over. */
record EndPeriod(ReservationId reservation, UUID step, Instant at) {}
