package menara.capacity.contract;

import java.time.Instant;
import java.util.List;
import menara.values.ContractId;
import menara.values.NodeId;
import menara.values.Power;
import menara.values.PublishedEvent;
import menara.values.ReservationId;
import menara.values.TenantId;

/**
 * The campus cannot power a commitment as things stand, or now for another reason than announced before. The commitment stands until people
 * decide.
 *
 * @param reservation the reservation
 * @param contract the contract it serves
 * @param tenant the tenant it serves
 * @param shortfalls where it lacks power beside earlier commitments
 * @param at when it was recorded
 */
@PublishedEvent(namespace = "menara.capacity", name = "ReservationAtRisk", version = "1")
public record ReservationAtRisk(
        ReservationId reservation, ContractId contract, TenantId tenant, List<Missing> shortfalls, Instant at) {

    /**
     * @param node the node that cannot carry it
     * @param from first instant of the largest shortage
     * @param power the shortage then, in watts
     */
    public record Missing(NodeId node, Instant from, Power power) {}
}
