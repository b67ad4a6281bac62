package menara.capacity.reservation;

import java.time.Instant;
import java.util.UUID;
import menara.values.ReservationId;

/**
 * Hand the racks of a confirmed reservation to its tenant.
 *
 * @param handedOverAt first instant at which the tenant has them, {@code at} or before
 */
record ActivateReservation(ReservationId reservation, Instant handedOverAt, UUID step, Instant at) {}
