package menara.capacity.reservation;

import java.time.Instant;
import menara.values.ReservationId;

/** Free what a hold took, if its time has come. */
record ExpireHold(ReservationId reservation, Instant at) {}
