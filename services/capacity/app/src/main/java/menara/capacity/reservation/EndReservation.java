package menara.capacity.reservation;

import java.time.Instant;
import java.util.UUID;
import menara.values.ReservationId;

/**
 * End an allocation.
 *
 * @param endedAt first instant at which the racks are free
 */
record EndReservation(ReservationId reservation, Instant endedAt, UUID step, Instant at) {}
