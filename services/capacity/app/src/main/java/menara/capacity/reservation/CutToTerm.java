package menara.capacity.reservation;

import java.time.Instant;
import java.util.UUID;
import menara.values.ReservationId;

/**
 * Let a promise end no later than its contract.
 *
 * @param contractEnds first instant at which the contract is no longer in force
 */
record CutToTerm(ReservationId reservation, Instant contractEnds, UUID step, Instant at) {}
