package menara.capacity.contractend;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import menara.capacity.commitments.ReservationEvent;
import menara.capacity.contractend.ContractEndCommands.CutToTerm;
import menara.capacity.reservation.Reservation;
import menara.values.ReservationId;

/** What the end of a contract decides, for tests of whole lives. */
public final class ContractEndTestAccess {

    private ContractEndTestAccess() {}

    public static List<ReservationEvent> cut(
            ReservationId id, Instant contractEnds, UUID step, Instant at, Reservation reservation) {
        return ContractEndDecisions.decide(new CutToTerm(id, contractEnds, step, at), reservation);
    }
}
