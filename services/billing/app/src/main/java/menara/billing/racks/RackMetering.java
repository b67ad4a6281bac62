package menara.billing.racks;

import java.time.Instant;
import menara.values.ContractId;

/** The metering of one reservation's racks. */
sealed interface RackMetering {

    record NotStarted() implements RackMetering {}

    record Running(ContractId contract, Instant until) implements RackMetering {}

    record Stopped(ContractId contract, Instant endedAt) implements RackMetering {}

    static RackMetering evolve(RackMetering metering, RackMeteringEvent event) {
        return switch (event) {
            case RackMeteringStarted e -> new Running(e.contract(), e.period().until());
            case RackMeteringStopped e -> new Stopped(e.contract(), e.endedAt());
        };
    }
}
