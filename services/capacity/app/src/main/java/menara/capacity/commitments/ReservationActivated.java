package menara.capacity.commitments;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import menara.capacity.boundary.CampusEvent;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A confirmed reservation was activated: its racks are the tenant's allocation. It commits nothing new, so it is no campus event.
 *
 * @param reservation the reservation
 * @param contract the contract it serves
 * @param tenant the tenant it serves
 * @param racks the racks handed over, by hall and name
 * @param gpus GPUs in those racks
 * @param period when the racks are the tenant's
 * @param handedOverAt first instant at which the tenant had them, inside the period
 * @param step which step this was, so that a repetition of it is nothing new
 * @param at when it was recorded
 */
@Event(namespace = "menara.capacity", name = "ReservationActivated", version = "1")
public record ReservationActivated(
        @EventTag(key = CampusEvent.Tags.RESERVATION) ReservationId reservation,
        ContractId contract,
        TenantId tenant,
        List<RackId> racks,
        int gpus,
        Period period,
        Instant handedOverAt,
        UUID step,
        Instant at)
        implements ReservationEvent {

    public ReservationActivated {
        racks = List.copyOf(racks);
    }
}
