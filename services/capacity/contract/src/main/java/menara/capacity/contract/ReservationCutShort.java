package menara.capacity.contract;

import java.time.Instant;
import menara.values.ContractId;
import menara.values.PublishedEvent;
import menara.values.ReservationId;
import menara.values.TenantId;

/**
 * The contract of a promise ends earlier than was promised, so the promise was withdrawn, ends with the contract, or was ended: what was told of
 * it just before this was for that reason.
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
