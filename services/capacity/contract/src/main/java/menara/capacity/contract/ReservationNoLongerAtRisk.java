package menara.capacity.contract;

import java.time.Instant;
import menara.values.ContractId;
import menara.values.PublishedEvent;
import menara.values.ReservationId;
import menara.values.TenantId;

/**
 * A commitment that was at risk can be kept again, or has ended.
 *
 * @param reservation the reservation
 * @param contract the contract it serves
 * @param tenant the tenant it serves
 * @param at when it was recorded
 */
@PublishedEvent(namespace = "menara.capacity", name = "ReservationNoLongerAtRisk", version = "1")
public record ReservationNoLongerAtRisk(ReservationId reservation, ContractId contract, TenantId tenant, Instant at) {}
