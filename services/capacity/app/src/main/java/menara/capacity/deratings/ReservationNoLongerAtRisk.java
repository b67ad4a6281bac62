package menara.capacity.deratings;

import java.time.Instant;
import menara.values.ContractId;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A commitment that was at risk can be kept again, or has ended.
 *
 * @param reservation the reservation
 * @param contract the contract it serves
 * @param tenant the tenant it serves
 * @param at when it was recorded
 */
@Event(namespace = "menara.capacity", name = "ReservationNoLongerAtRisk", version = "1")
public record ReservationNoLongerAtRisk(
        @EventTag(key = Tags.RESERVATION) ReservationId reservation, ContractId contract, TenantId tenant, Instant at)
        implements RiskEvent {}
