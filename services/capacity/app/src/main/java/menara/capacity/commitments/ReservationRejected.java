package menara.capacity.commitments;

import java.time.Instant;
import java.util.UUID;
import menara.capacity.boundary.CampusEvent;
import menara.values.ContractId;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A reservation was rejected when it was to be confirmed.
 *
 * @param reservation the reservation
 * @param contract the contract it serves
 * @param tenant the tenant it serves
 * @param rule stable name of the rule that it violates
 * @param reason node, instant and what was missing
 * @param step which step this was, so that a repetition of it is nothing new
 * @param at when it was recorded
 */
@Event(namespace = "menara.capacity", name = "ReservationRejected", version = "1")
public record ReservationRejected(
        @EventTag(key = CampusEvent.Tags.RESERVATION) ReservationId reservation,
        ContractId contract,
        TenantId tenant,
        String rule,
        String reason,
        UUID step,
        Instant at)
        implements ReservationEvent {}
