package menara.billing.racks;

import java.time.Instant;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.axonframework.modelling.annotation.TargetEntityId;

/** What can be asked of the metering of a reservation's racks. */
sealed interface RackMeteringCommands {

    /** Count the hours of racks that were handed over. */
    record StartRackMetering(
            @TargetEntityId ReservationId reservation,
            ContractId contract,
            TenantId tenant,
            int racks,
            Period period,
            Instant at)
            implements RackMeteringCommands {}

    /** Stop counting the hours of racks that were given back. */
    record StopRackMetering(@TargetEntityId ReservationId reservation, Instant endedAt, Instant at)
            implements RackMeteringCommands {}
}
