package menara.billing.catalogue;

import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * A plan gained a version.
 *
 * @param plan the plan
 * @param version 1, 2, 3 …
 * @param currency ISO 4217, the same in every version
 * @param effectiveFrom first instant at which the prices count
 * @param prices price by meter
 * @param at when it was published
 */
@Event(namespace = "menara.billing", name = "PricePlanVersionPublished", version = "1")
public record PricePlanVersionPublished(
        @EventTag(key = "plan") PricePlanId plan,
        int version,
        Currency currency,
        Instant effectiveFrom,
        List<Price> prices,
        Instant at)
        implements PricePlanEvent {}
