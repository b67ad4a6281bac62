package menara.capacity.reservation;

import java.time.Instant;
import java.util.UUID;
import menara.values.ReservationId;

/** Let a request wait for its turn. */
record WaitlistReservation(ReservationId reservation, UUID step, Instant at) {}
