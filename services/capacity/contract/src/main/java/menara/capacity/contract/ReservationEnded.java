package menara.capacity.contract;

import java.time.Instant;
import menara.values.ContractId;
import menara.values.PublishedEvent;
import menara.values.ReservationId;
import menara.values.TenantId;

/**
 * An allocation ended; its racks are free from {@code endedAt} on.
 *
 * @param reservation the reservation
 * @param contract the contract it serves
 * @param tenant the tenant it serves
 * @param endedAt first instant at which the racks are free
 * @param at when the end was recorded
 */
@PublishedEvent(namespace = "menara.capacity", name = "ReservationEnded", version = "1")
public record ReservationEnded(
        ReservationId reservation, ContractId contract, TenantId tenant, Instant endedAt, Instant at) {}
