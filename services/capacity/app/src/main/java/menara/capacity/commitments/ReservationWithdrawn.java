package menara.capacity.commitments;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A reservation was released before its racks were handed over, or its period ended without a hand-over: its racks are free again.
 *
 * @param reservation the reservation
 * @param contract the contract it was for
 * @param tenant the tenant it was for
 * @param period when the racks would have been the tenant's
 * @param shares what it held of each hall; empty if nothing was committed or held yet
 * @param confirmed whether it had been confirmed
 * @param step which step this was, so that a repetition of it is nothing new
 * @param at when it was recorded
 */
@Event(namespace = "menara.capacity", name = "ReservationWithdrawn", version = "1")
public record ReservationWithdrawn(
        @EventTag(key = Tags.RESERVATION) ReservationId reservation,
        ContractId contract,
        TenantId tenant,
        Period period,
        List<Share> shares,
        boolean confirmed,
        UUID step,
        Instant at)
        implements CommitmentEvent {

    public ReservationWithdrawn {
        shares = List.copyOf(shares);
    }

    @EventTag(key = Tags.NODE)
    public List<String> nodes() {
        return Share.nodes(shares);
    }
}
