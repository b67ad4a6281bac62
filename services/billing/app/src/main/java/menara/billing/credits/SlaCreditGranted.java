package menara.billing.credits;

import java.time.Instant;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/** A first measurement shows that the month's availability target was missed: a credit was granted. */
@Event(namespace = "menara.billing", name = "SlaCreditGranted", version = "1")
public record SlaCreditGranted(@EventTag(key = "credit") CreditId credit, Credit.Assessed assessed, Instant at)
        implements CreditEvent {}
