package menara.billing.credits;

import java.time.Instant;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/** A measurement shows that the target was met, and no credit stands. */
@Event(namespace = "menara.billing", name = "AvailabilityTargetMet", version = "1")
public record AvailabilityTargetMet(
        @EventTag(key = "credit") CreditId credit, Credit.Assessed assessed, Instant at) implements CreditEvent {}
