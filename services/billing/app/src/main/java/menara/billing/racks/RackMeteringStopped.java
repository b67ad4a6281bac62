package menara.billing.racks;

import java.time.Instant;
import menara.values.ContractId;
import menara.values.ReservationId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * Racks were given back.
 *
 * @param reservation whose racks
 * @param contract contract that paid
 * @param endedAt first instant that no longer counts
 * @param at when billing recorded it
 */
@Event(namespace = "menara.billing", name = "RackMeteringStopped", version = "1")
public record RackMeteringStopped(
        @EventTag(key = "reservation") ReservationId reservation, ContractId contract, Instant endedAt, Instant at)
        implements RackMeteringEvent {}
