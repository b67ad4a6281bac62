package menara.capacity.commitments;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import menara.capacity.boundary.CampusEvent;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.PhaseId;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * Racks were requested; nothing is committed yet.
 *
 * @param reservation the reservation
 * @param contract the contract it serves
 * @param tenant the tenant it serves
 * @param period when the racks are wanted
 * @param demand which racks are wanted
 * @param phases the phases of the halls and racks named; empty when any phase will do
 * @param at when it was recorded
 */
@Event(namespace = "menara.capacity", name = "ReservationRequested", version = "1")
public record ReservationRequested(
        @EventTag(key = CampusEvent.Tags.RESERVATION) ReservationId reservation,
        ContractId contract,
        TenantId tenant,
        Period period,
        Demand demand,
        List<PhaseId> phases,
        Instant at)
        implements ReservationEvent {

    public ReservationRequested {
        phases = List.copyOf(phases);
    }

    /** Asking anew makes a new id, so the reservation is its own first step. */
    @Override
    public UUID step() {
        return reservation.value();
    }
}
