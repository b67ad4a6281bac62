package menara.operations.availability;

import java.time.Instant;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * More facts of a month were recorded and its availability stays the same. It is not published, but it keeps a late measurement with fewer
 * facts from replacing the present one.
 *
 * @param month the contract and the month
 * @param knowledge number of facts the figures follow from
 * @param at when the last of those facts was recorded
 */
@Event(namespace = "menara.operations", name = "AvailabilityConfirmed", version = "1")
public record AvailabilityConfirmed(
        @EventTag(key = "availability") ContractMonth month, long knowledge, Instant at) implements AvailabilityEvent {}
