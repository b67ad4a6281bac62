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
 * An allocation ended: what it held is free from {@code endedAt} on.
 *
 * @param reservation the reservation
 * @param contract the contract it served
 * @param tenant the tenant it served
 * @param period the period it had until then
 * @param shares what it held of each hall
 * @param endedAt first instant at which the racks are free, inside {@code period} or at its end
 * @param step which step this was, so that a repetition of it is nothing new
 * @param at when it was recorded
 */
@Event(namespace = "menara.capacity", name = "ReservationEnded", version = "1")
public record ReservationEnded(
        @EventTag(key = Tags.RESERVATION) ReservationId reservation,
        ContractId contract,
        TenantId tenant,
        Period period,
        List<Share> shares,
        Instant endedAt,
        UUID step,
        Instant at)
        implements CommitmentEvent {

    public ReservationEnded {
        shares = List.copyOf(shares);
    }

    @EventTag(key = Tags.NODE)
    public List<String> nodes() {
        return Share.nodes(shares);
    }
}
