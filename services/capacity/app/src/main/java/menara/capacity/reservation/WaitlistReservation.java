package menara.capacity.reservation;

import java.util.UUID;
import java.time.Instant;
import menara.values.ReservationId;

/** Let a request wait for its turn. */
record WaitlistReservation(ReservationId reservation, UUID step, Instant at) {}
