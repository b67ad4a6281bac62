package menara.billing.fx;

/** What happens to a rate that is entered by hand. */
public sealed interface ExchangeRateEvent permits ExchangeRateProposed, ExchangeRateApproved {}
