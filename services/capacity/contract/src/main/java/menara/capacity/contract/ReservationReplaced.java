package menara.capacity.contract;

import java.time.Instant;
import java.util.List;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.Power;
import menara.values.PublishedEvent;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;

/**
 * A confirmed reservation was changed before its racks were handed over; this is its new commitment.
 *
 * @param reservation the reservation
 * @param contract the contract it serves
 * @param tenant the tenant it serves
 * @param racks the racks committed
 * @param gpus GPUs in those racks
 * @param power planned power of those racks, in watts
 * @param period when the racks are the tenant's
 * @param at when it was recorded
 */
@PublishedEvent(namespace = "menara.capacity", name = "ReservationReplaced", version = "1")
public record ReservationReplaced(
        ReservationId reservation,
        ContractId contract,
        TenantId tenant,
        List<RackId> racks,
        int gpus,
        Power power,
        Period period,
        Instant at) {}
