package menara.capacity.contract;

import java.time.Instant;
import menara.values.ContractId;
import menara.values.PublishedEvent;
import menara.values.ReservationId;
import menara.values.TenantId;

/**
 * A reservation was cut because its contract ends earlier. The event of this reservation just before this one says how: it was withdrawn,
 * replaced by one that ends with the contract, or ended.
 *
 * @param reservation the reservation
 * @param contract the contract it serves
 * @param tenant the tenant it serves
 * @param contractEnds first instant at which the contract is no longer in force
 * @param at when it was recorded
 */
@PublishedEvent(namespace = "menara.capacity", name = "ReservationCutShort", version = "1")
public record ReservationCutShort(
        ReservationId reservation, ContractId contract, TenantId tenant, Instant contractEnds, Instant at) {}
