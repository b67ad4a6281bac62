package menara.capacity.reservation;

import java.time.Instant;
import menara.values.ReservationId;

/**
 * Hand the racks of a confirmed reservation to its tenant.
 *
 * @param handedOverAt first instant at which the tenant has them, {@code at} or before
 */
record ActivateReservation(ReservationId reservation, Instant handedOverAt, Instant at) {}
