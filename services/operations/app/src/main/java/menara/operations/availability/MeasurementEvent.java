package menara.operations.availability;

/** What is measured of a contract's month. */
public sealed interface MeasurementEvent permits MonthMeasured, MonthConfirmed {}
