package menara.capacity.contract;

import java.time.Instant;
import java.util.List;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.PublishedEvent;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;

/**
 * The racks of a confirmed reservation were handed to the tenant: from now on they are its allocation.
 *
 * @param reservation the reservation
 * @param contract the contract it serves
 * @param tenant the tenant it serves
 * @param racks the racks handed over
 * @param gpus GPUs in those racks
 * @param period when the racks are committed to the tenant
 * @param handedOverAt first instant at which the tenant had them, inside the period; the time before costs nothing
 * @param at when it was recorded
 */
@PublishedEvent(namespace = "menara.capacity", name = "ReservationActivated", version = "1")
public record ReservationActivated(
        ReservationId reservation,
        ContractId contract,
        TenantId tenant,
        List<RackId> racks,
        int gpus,
        Period period,
        Instant handedOverAt,
        Instant at) {}
