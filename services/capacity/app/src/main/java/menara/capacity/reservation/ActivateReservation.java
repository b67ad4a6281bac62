package menara.capacity.reservation;

import java.time.Instant;
import java.util.UUID;
import menara.values.ReservationId;

/** Hand the racks of a confirmed reservation to its tenant. */
record ActivateReservation(ReservationId reservation, UUID step, Instant at) {}
