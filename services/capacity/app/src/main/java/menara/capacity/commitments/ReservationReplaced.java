package menara.capacity.commitments;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.Power;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A confirmed reservation became longer, larger, smaller, or moved to other racks, all at once: its old racks are free, and its new ones
 * are committed.
 *
 * @param reservation the reservation
 * @param contract the contract it serves
 * @param tenant the tenant it serves
 * @param number which change of it this is, from 1
 * @param before its period and racks before
 * @param period when the racks are the tenant's
 * @param demand the demand, which the racks meet
 * @param shares what it takes of each hall, by hall name
 * @param gpus GPUs in all its racks
 * @param power planned power of all its racks, in watts
 * @param step which step this was, so that a repetition of it is nothing new
 * @param at when it was recorded
 */
@Event(namespace = "menara.capacity", name = "ReservationReplaced", version = "1")
public record ReservationReplaced(
        @EventTag(key = Tags.RESERVATION) ReservationId reservation,
        ContractId contract,
        TenantId tenant,
        int number,
        Before before,
        Period period,
        Demand demand,
        List<Share> shares,
        int gpus,
        Power power,
        UUID step,
        Instant at)
        implements CommitmentEvent {

    /**
     * @param period when the racks would have been the tenant's
     * @param shares what it held of each hall
     */
    public record Before(Period period, List<Share> shares) {

        public Before {
            shares = List.copyOf(shares);
        }
    }

    public ReservationReplaced {
        shares = List.copyOf(shares);
    }

    @EventTag(key = Tags.NODE)
    public List<String> nodes() {
        return Stream.concat(Share.nodes(before.shares()).stream(), Share.nodes(shares).stream())
                .distinct()
                .toList();
    }
}
