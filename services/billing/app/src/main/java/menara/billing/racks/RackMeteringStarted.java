package menara.billing.racks;

import java.time.Instant;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * Racks were handed over; their hours count from here on.
 *
 * @param reservation whose racks
 * @param contract contract that pays
 * @param tenant who uses them
 * @param racks how many
 * @param period when the tenant has them, unless stopped before
 * @param at when billing recorded it
 */
@Event(namespace = "menara.billing", name = "RackMeteringStarted", version = "1")
public record RackMeteringStarted(
        @EventTag(key = "reservation") ReservationId reservation,
        ContractId contract,
        TenantId tenant,
        int racks,
        Period period,
        Instant at)
        implements RackMeteringEvent {}
