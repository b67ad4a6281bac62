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
 * @param contract on whose account
 * @param tenant who uses them
 * @param racks how many
 * @param period when they are the tenant's, unless stopped before
 * @param at when billing learned it
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
