package menara.operations.availability;

/** What is measured of a contract's month. */
public sealed interface AvailabilityEvent permits AvailabilityMeasured, AvailabilityConfirmed {}
