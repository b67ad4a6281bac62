package menara.capacity.contractend;

import java.time.Instant;
import java.util.UUID;
import menara.values.ReservationId;

/** Commands to a reservation whose contract ends earlier. */
sealed interface ContractEndCommands {

    /**
     * Let a commitment end no later than its contract.
     *
     * @param contractEnds first instant at which the contract is no longer in force
     */
    record CutToTerm(ReservationId reservation, Instant contractEnds, UUID step, Instant at)
            implements ContractEndCommands {}
}
