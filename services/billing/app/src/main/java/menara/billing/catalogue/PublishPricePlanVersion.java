package menara.billing.catalogue;

import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.axonframework.modelling.annotation.TargetEntityId;

/**
 * Add a version to a plan.
 *
 * @param publication the request that asks for it
 * @param effectiveFrom first instant at which the prices count; the first version may begin in the past, later ones may not
 * @param at when it is asked for
 */
record PublishPricePlanVersion(
        @TargetEntityId PricePlanId plan,
        PublicationId publication,
        Currency currency,
        Instant effectiveFrom,
        List<Price> prices,
        List<Charge> charges,
        Instant at) {

    PublishPricePlanVersion(
            PricePlanId plan,
            PublicationId publication,
            Currency currency,
            Instant effectiveFrom,
            List<Price> prices,
            Instant at) {
        this(plan, publication, currency, effectiveFrom, prices, List.of(), at);
    }

    PublishPricePlanVersion {
        prices = List.copyOf(prices);
        charges = List.copyOf(charges);
    }
}
