package menara.capacity.reservation;

import java.time.Instant;
import java.util.UUID;
import menara.values.ReservationId;

/** Give a reservation up before its racks are handed over. */
record ReleaseReservation(ReservationId reservation, UUID step, Instant at) {}
