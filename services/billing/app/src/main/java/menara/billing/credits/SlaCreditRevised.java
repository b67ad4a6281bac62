package menara.billing.credits;

import java.time.Instant;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/** A newer measurement, or charges recorded later, changed a granted credit. */
@Event(namespace = "menara.billing", name = "SlaCreditRevised", version = "1")
public record SlaCreditRevised(@EventTag(key = "credit") CreditId credit, Credit.Assessed assessed, Instant at)
        implements CreditEvent {}
