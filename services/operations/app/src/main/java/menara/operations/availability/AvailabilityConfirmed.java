package menara.operations.availability;

import java.time.Instant;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * More is known of a month and its availability stays as it was. Nothing to tell others, but a measurement that knew less and
 * arrives late must not win over it.
 *
 * @param month the contract and the month
 * @param knowledge how many facts the figures follow from
 * @param at when the last of those facts was recorded
 */
@Event(namespace = "menara.operations", name = "AvailabilityConfirmed", version = "1")
public record AvailabilityConfirmed(
        @EventTag(key = "availability") ContractMonth month, long knowledge, Instant at) implements AvailabilityEvent {}
