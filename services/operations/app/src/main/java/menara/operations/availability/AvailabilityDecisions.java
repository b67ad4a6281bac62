package menara.operations.availability;

import java.util.List;
import menara.operations.availability.AvailabilityCommands.MeasureAvailability;
import menara.operations.availability.MeasuredMonth.Measured;
import menara.operations.availability.MeasuredMonth.None;
import menara.operations.availability.MeasuredMonth.Undisturbed;

/** Decides whether a measurement is new. */
final class AvailabilityDecisions {

    private static final long FIRST_REVISION = 1;

    private AvailabilityDecisions() {}

    static List<AvailabilityEvent> decide(MeasureAvailability command, MeasuredMonth month) {
        return switch (month) {
            case None _ -> List.of(firstOf(command));
            case Undisturbed undisturbed ->
                command.knowledge() <= undisturbed.knowledge() ? List.of() : List.of(firstOf(command));
            case Measured measured -> {
                // A repeated measurement has the same facts, a late one has fewer: neither may change the present one.
                if (command.knowledge() <= measured.knowledge()) {
                    yield List.of();
                }
                yield List.of(
                        command.availability().equals(measured.availability())
                                ? confirmed(command)
                                : measured(command, Math.addExact(measured.revision(), 1)));
            }
        };
    }

    private static AvailabilityEvent firstOf(MeasureAvailability command) {
        // A month without an outage is not published: no reader acts on it.
        return command.availability().incidents().isEmpty() ? confirmed(command) : measured(command, FIRST_REVISION);
    }

    private static AvailabilityConfirmed confirmed(MeasureAvailability command) {
        return new AvailabilityConfirmed(command.month(), command.knowledge(), command.at());
    }

    private static AvailabilityMeasured measured(MeasureAvailability command, long revision) {
        var availability = command.availability();
        return new AvailabilityMeasured(
                command.month(),
                command.tenant(),
                availability.scheduledRackSeconds(),
                availability.scheduledCommencedRackMinutes(),
                availability.unavailableRackSeconds(),
                availability.unavailableCommencedRackMinutes(),
                availability.incidents(),
                revision,
                command.knowledge(),
                command.at());
    }
}
