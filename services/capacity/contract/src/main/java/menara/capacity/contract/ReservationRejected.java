package menara.capacity.contract;

import java.time.Instant;
import menara.values.ContractId;
import menara.values.PublishedEvent;
import menara.values.ReservationId;
import menara.values.TenantId;

/**
 * A reservation was refused.
 *
 * @param reservation the reservation
 * @param contract the contract it serves
 * @param tenant the tenant it serves
 * @param rule stable name of the rule that refused it, {@code power-limit-exceeded}
 * @param reason which node, which instant, how much was missing
 * @param at when it was rejected
 */
@PublishedEvent(namespace = "menara.capacity", name = "ReservationRejected", version = "1")
public record ReservationRejected(
        ReservationId reservation, ContractId contract, TenantId tenant, String rule, String reason, Instant at) {}
