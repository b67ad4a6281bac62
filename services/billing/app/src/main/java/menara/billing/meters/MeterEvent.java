package menara.billing.meters;

/** What happens to a defined meter. */
public sealed interface MeterEvent permits MeterDefined {}
