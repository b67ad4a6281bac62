package menara.billing.catalogue;

import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.axonframework.modelling.annotation.TargetEntityId;

/** What can be asked of a price plan. */
sealed interface PricePlanCommands {

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
            Instant at)
            implements PricePlanCommands {

        PublishPricePlanVersion(
                PricePlanId plan,
                PublicationId publication,
                Currency currency,
                Instant effectiveFrom,
                List<Price> prices,
                Instant at) {
            this(plan, publication, currency, effectiveFrom, prices, List.of(), at);
        }

        public PublishPricePlanVersion {
            prices = List.copyOf(prices);
            charges = List.copyOf(charges);
        }
    }
}
