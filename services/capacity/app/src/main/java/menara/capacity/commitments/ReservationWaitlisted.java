package menara.capacity.commitments;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A request was put on the waitlist: it is confirmed automatically as soon as it fits.
 *
 * @param reservation the reservation
 * @param contract the contract it serves
 * @param tenant the tenant it serves
 * @param period when the racks are wanted
 * @param demand which racks are wanted
 * @param power what the lightest such racks draw, in watts
 * @param phases the only phases the racks can come from; empty when any will do
 * @param step which step this was, so that a repetition of it is nothing new
 * @param at when it was recorded
 */
@Event(namespace = "menara.capacity", name = "ReservationWaitlisted", version = "1")
public record ReservationWaitlisted(
        @EventTag(key = Tags.RESERVATION) ReservationId reservation,
        ContractId contract,
        TenantId tenant,
        Period period,
        Demand demand,
        Power power,
        List<PhaseId> phases,
        UUID step,
        Instant at)
        implements CommitmentEvent {

    public ReservationWaitlisted {
        phases = List.copyOf(phases);
    }
}
