package menara.capacity.contract;

import java.time.Instant;
import menara.values.ContractId;
import menara.values.PublishedEvent;
import menara.values.ReservationId;
import menara.values.TenantId;

/**
 * A confirmed reservation was released before its racks were handed over, or its period ended without a hand-over.
 *
 * @param reservation the reservation
 * @param contract the contract it was for
 * @param tenant the tenant it was for
 * @param at when it was recorded
 */
@PublishedEvent(namespace = "menara.capacity", name = "ReservationWithdrawn", version = "1")
public record ReservationWithdrawn(ReservationId reservation, ContractId contract, TenantId tenant, Instant at) {}
