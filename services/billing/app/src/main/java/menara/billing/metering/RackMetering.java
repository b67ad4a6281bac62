package menara.billing.metering;

import java.time.Instant;
import java.util.List;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.axonframework.modelling.annotation.TargetEntityId;

/** The metering of one reservation's racks. */
sealed interface RackMetering {

    record NotStarted() implements RackMetering {}

    record Running(ContractId contract, Instant until) implements RackMetering {}

    record Stopped(ContractId contract, Instant endedAt) implements RackMetering {}

    /** Count the hours of racks that were handed over. */
    record StartRackMetering(
            @TargetEntityId ReservationId reservation,
            ContractId contract,
            TenantId tenant,
            int racks,
            Period period,
            Instant at) {}

    /** Stop counting the hours of racks that were given back. */
    record StopRackMetering(@TargetEntityId ReservationId reservation, Instant endedAt, Instant at) {}

    static List<RackMeteringEvent> decide(StartRackMetering command, RackMetering metering) {
        return switch (metering) {
            case NotStarted _ ->
                List.of(new RackMeteringStarted(
                        command.reservation(),
                        command.contract(),
                        command.tenant(),
                        command.racks(),
                        command.period(),
                        command.at()));
            case Running _, Stopped _ -> List.of(); // delivered again
        };
    }

    static List<RackMeteringEvent> decide(StopRackMetering command, RackMetering metering) {
        return switch (metering) {
            case Running running
            when command.endedAt().isBefore(running.until()) ->
                List.of(new RackMeteringStopped(
                        command.reservation(), running.contract(), command.endedAt(), command.at()));
            // An end that was recorded ahead of time, and then moved to an earlier one.
            case Stopped stopped
            when command.endedAt().isBefore(stopped.endedAt()) ->
                List.of(new RackMeteringStopped(
                        command.reservation(), stopped.contract(), command.endedAt(), command.at()));
            case Running _ -> List.of(); // ended as planned: the period says so already
            case NotStarted _, Stopped _ -> List.of();
        };
    }

    static RackMetering evolve(RackMetering metering, RackMeteringEvent event) {
        return switch (event) {
            case RackMeteringStarted e -> new Running(e.contract(), e.period().until());
            case RackMeteringStopped e -> new Stopped(e.contract(), e.endedAt());
        };
    }
}
