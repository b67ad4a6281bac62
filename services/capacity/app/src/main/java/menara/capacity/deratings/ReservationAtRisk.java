package menara.capacity.deratings;

import java.time.Instant;
import java.util.List;
import menara.values.ContractId;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * The campus can no longer power a commitment, or for another reason than recorded before. The commitment stands.
 *
 * @param reservation the reservation
 * @param contract the contract it serves
 * @param tenant the tenant it serves
 * @param shortfalls where it lacks power, by node
 * @param at when it was recorded
 */
@Event(namespace = "menara.capacity", name = "ReservationAtRisk", version = "1")
public record ReservationAtRisk(
        @EventTag(key = Tags.RESERVATION) ReservationId reservation,
        ContractId contract,
        TenantId tenant,
        List<Shortfall> shortfalls,
        Instant at)
        implements RiskEvent {

    public ReservationAtRisk {
        shortfalls = List.copyOf(shortfalls);
    }
}
