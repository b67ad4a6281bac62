package menara.billing.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.jspecify.annotations.Nullable;

/**
 * A plan gained a version.
 *
 * @param plan the plan
 * @param version 1, 2, 3 …
 * @param publication the request that it comes from
 * @param currency ISO 4217, the same in every version
 * @param effectiveFrom first instant at which the prices count
 * @param prices price by meter
 * @param at when it was published
 * @param charges what is charged beyond the prices; null in versions that have prices only
 */
@Event(namespace = "menara.billing", name = "PricePlanVersionPublished", version = "1")
public record PricePlanVersionPublished(
        @EventTag(key = "plan") PricePlanId plan,
        int version,
        PublicationId publication,
        Currency currency,
        Instant effectiveFrom,
        List<Price> prices,
        Instant at,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Charge> charges)
        implements PricePlanEvent {

    PricePlanVersionPublished(
            PricePlanId plan,
            int version,
            PublicationId publication,
            Currency currency,
            Instant effectiveFrom,
            List<Price> prices,
            Instant at) {
        this(plan, version, publication, currency, effectiveFrom, prices, at, null);
    }

    List<Charge> everyCharge() {
        return charges == null ? List.of() : charges;
    }
}
