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
 * A reservation was confirmed: its power is committed at every node of its racks' paths for the whole period.
 *
 * @param reservation the reservation
 * @param contract the contract it serves
 * @param tenant the tenant it serves
 * @param racks the racks placed, in placement order
 * @param gpus GPUs in those racks
 * @param power planned power of those racks, in watts
 * @param period when the racks are the tenant's
 * @param at when it was confirmed
 */
@PublishedEvent(namespace = "menara.capacity", name = "ReservationConfirmed", version = "1")
public record ReservationConfirmed(
        ReservationId reservation,
        ContractId contract,
        TenantId tenant,
        List<RackId> racks,
        int gpus,
        Power power,
        Period period,
        Instant at) {}
