package menara.billing.catalogue;

/** What happens to a price plan. */
public sealed interface PricePlanEvent permits PricePlanVersionPublished {}
