package menara.billing.racks;

import java.util.List;
import menara.billing.racks.RackMeteringCommands.StartRackMetering;
import menara.billing.racks.RackMeteringCommands.StopRackMetering;

/** When the hours of racks begin to count and when they stop. */
final class RackMeteringDecisions {

    private RackMeteringDecisions() {}

    static List<RackMeteringEvent> decide(StartRackMetering command, RackMetering metering) {
        return switch (metering) {
            case RackMetering.NotStarted _ ->
                List.of(new RackMeteringStarted(
                        command.reservation(),
                        command.contract(),
                        command.tenant(),
                        command.racks(),
                        command.period(),
                        command.at()));
            case RackMetering.Running _, RackMetering.Stopped _ -> List.of(); // delivered again
        };
    }

    static List<RackMeteringEvent> decide(StopRackMetering command, RackMetering metering) {
        return switch (metering) {
            case RackMetering.Running running
            when command.endedAt().isBefore(running.until()) ->
                List.of(new RackMeteringStopped(
                        command.reservation(), running.contract(), command.endedAt(), command.at()));
            // An end that was recorded ahead of time, and then moved to an earlier one.
            case RackMetering.Stopped stopped
            when command.endedAt().isBefore(stopped.endedAt()) ->
                List.of(new RackMeteringStopped(
                        command.reservation(), stopped.contract(), command.endedAt(), command.at()));
            case RackMetering.Running _ -> List.of(); // ended as planned: the period says so already
            case RackMetering.NotStarted _, RackMetering.Stopped _ -> List.of();
        };
    }
}
