package menara.capacity.reservation;

import java.time.Instant;
import menara.values.ReservationId;

/** Let a request wait for its turn. */
record WaitlistReservation(ReservationId reservation, Instant at) {}
