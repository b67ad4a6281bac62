package menara.billing.racks;

/** What happens to the metering of a reservation's racks. */
public sealed interface RackMeteringEvent permits RackMeteringStarted, RackMeteringStopped {}
