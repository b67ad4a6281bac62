package menara.operations.availability;

/** The measurements of a contract's month so far. */
sealed interface MeasuredMonth {

    /** Nothing. */
    record None() implements MeasuredMonth {}

    /** Measured, but no outage ever touched it. */
    record Undisturbed(long knowledge) implements MeasuredMonth {}

    /** Measured, perhaps several times. */
    record Measured(Availability availability, long revision, long knowledge) implements MeasuredMonth {}

    static MeasuredMonth evolve(MeasuredMonth month, AvailabilityEvent event) {
        return switch (event) {
            case AvailabilityMeasured measured ->
                new Measured(
                        new Availability(
                                measured.scheduledRackSeconds(),
                                measured.unavailableRackSeconds(),
                                measured.incidents()),
                        measured.revision(),
                        measured.knowledge());
            case AvailabilityConfirmed confirmed ->
                switch (month) {
                    case None _, Undisturbed _ -> new Undisturbed(confirmed.knowledge());
                    case Measured measured ->
                        new Measured(measured.availability(), measured.revision(), confirmed.knowledge());
                };
        };
    }
}
