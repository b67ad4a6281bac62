package menara.capacity.commitments;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.Power;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A reservation was confirmed: from here on its racks and its power are committed to no other reservation for its period.
 *
 * @param reservation the reservation
 * @param contract the contract it serves
 * @param tenant the tenant it serves
 * @param period when the racks are the tenant's
 * @param demand the demand, which the racks meet
 * @param shares what it takes of each hall, by hall name
 * @param gpus GPUs in all its racks
 * @param power planned power of all its racks, in watts
 * @param step which step this was, so that a repetition of it is nothing new
 * @param at when it was recorded
 */
@Event(namespace = "menara.capacity", name = "ReservationConfirmed", version = "1")
public record ReservationConfirmed(
        @EventTag(key = Tags.RESERVATION) ReservationId reservation,
        ContractId contract,
        TenantId tenant,
        Period period,
        Demand demand,
        List<Share> shares,
        int gpus,
        Power power,
        UUID step,
        Instant at)
        implements CommitmentEvent {

    public ReservationConfirmed {
        shares = List.copyOf(shares);
    }

    @EventTag(key = Tags.NODE)
    public List<String> nodes() {
        return Share.nodes(shares);
    }
}
