package menara.capacity.reservation;

import java.time.Instant;
import java.util.UUID;
import menara.values.ReservationId;

/** @param expiresAt first instant at which the hold can no longer be confirmed */
record HoldReservation(ReservationId reservation, Instant expiresAt, UUID step, Instant at) {}
