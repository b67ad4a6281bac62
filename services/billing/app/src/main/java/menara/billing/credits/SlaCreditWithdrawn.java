package menara.billing.credits;

import java.time.Instant;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/** A newer measurement shows that the target was met: the credit was taken back. */
@Event(namespace = "menara.billing", name = "SlaCreditWithdrawn", version = "1")
public record SlaCreditWithdrawn(@EventTag(key = "credit") CreditId credit, Credit.Assessed assessed, Instant at)
        implements CreditEvent {}
