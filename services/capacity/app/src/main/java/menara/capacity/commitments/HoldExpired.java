package menara.capacity.commitments;

import java.time.Instant;
import java.util.List;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A hold was not confirmed in time: what it took is free again.
 *
 * @param reservation the reservation
 * @param contract the contract it was for
 * @param tenant the tenant it was for
 * @param period when the racks would have been the tenant's
 * @param shares what it held of each hall
 * @param at when it was recorded
 */
@Event(namespace = "menara.capacity", name = "HoldExpired", version = "1")
public record HoldExpired(
        @EventTag(key = Tags.RESERVATION) ReservationId reservation,
        ContractId contract,
        TenantId tenant,
        Period period,
        List<Share> shares,
        Instant at)
        implements CommitmentEvent {

    public HoldExpired {
        shares = List.copyOf(shares);
    }

    @EventTag(key = Tags.NODE)
    public List<String> nodes() {
        return Share.nodes(shares);
    }
}
