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
 * Racks and power are held for a while, so that the tenant can decide: they are committed to no other reservation until the hold is
 * confirmed, released, or expires.
 *
 * @param reservation the reservation
 * @param contract the contract it serves
 * @param tenant the tenant it serves
 * @param period when the racks would be the tenant's
 * @param demand the demand, which the racks meet
 * @param shares what it takes of each hall, by hall name
 * @param gpus GPUs in all its racks
 * @param power planned power of all its racks, in watts
 * @param expiresAt first instant at which it can no longer be confirmed
 * @param step which step this was, so that a repetition of it is nothing new
 * @param at when it was recorded
 */
@Event(namespace = "menara.capacity", name = "ReservationHeld", version = "1")
public record ReservationHeld(
        @EventTag(key = Tags.RESERVATION) ReservationId reservation,
        ContractId contract,
        TenantId tenant,
        Period period,
        Demand demand,
        List<Share> shares,
        int gpus,
        Power power,
        Instant expiresAt,
        UUID step,
        Instant at)
        implements CommitmentEvent {

    public ReservationHeld {
        shares = List.copyOf(shares);
    }

    @EventTag(key = Tags.NODE)
    public List<String> nodes() {
        return Share.nodes(shares);
    }
}
