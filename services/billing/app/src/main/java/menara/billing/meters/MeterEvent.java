package menara.billing.meters;

/** What happens to a meter of somebody's own. */
public sealed interface MeterEvent permits MeterDefined {}
