package menara.capacity.commitments;

import java.time.Instant;
import menara.capacity.boundary.CampusEvent.Tags;
import menara.values.ContractId;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * The contract of a commitment ends before the commitment did. The event before, recorded with this one, says what became of the
 * commitment; this one records why.
 *
 * @param reservation the reservation
 * @param contract the contract it serves
 * @param tenant the tenant it serves
 * @param contractEnds first instant at which the contract is no longer in force
 * @param at when it was recorded
 */
@Event(namespace = "menara.capacity", name = "ReservationCutShort", version = "1")
public record ReservationCutShort(
        @EventTag(key = Tags.RESERVATION) ReservationId reservation,
        ContractId contract,
        TenantId tenant,
        Instant contractEnds,
        Instant at)
        implements ReservationEvent {}
