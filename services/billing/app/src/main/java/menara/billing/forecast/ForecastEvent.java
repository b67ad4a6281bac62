package menara.billing.forecast;

/** What happens to a contract's forecast. */
public sealed interface ForecastEvent permits RevenueForecastChanged {}
