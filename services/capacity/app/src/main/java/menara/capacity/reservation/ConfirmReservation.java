package menara.capacity.reservation;

import java.time.Instant;
import java.util.UUID;
import menara.values.ReservationId;

/** Seal a requested reservation, or refuse it. */
record ConfirmReservation(ReservationId reservation, UUID step, Instant at) {}
