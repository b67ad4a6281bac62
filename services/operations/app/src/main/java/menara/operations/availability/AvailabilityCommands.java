package menara.operations.availability;

import java.time.Instant;
import menara.values.TenantId;
import org.axonframework.modelling.annotation.TargetEntityId;

/** The commands of policies after a new fact. */
sealed interface AvailabilityCommands {

    /**
     * Record how available a contract was in a month.
     *
     * @param month the contract and the month
     * @param tenant the contract's tenant
     * @param availability the figures
     * @param knowledge number of facts they follow from
     * @param at when the last of those facts was recorded
     */
    record MeasureAvailability(
            @TargetEntityId ContractMonth month, TenantId tenant, Availability availability, long knowledge, Instant at)
            implements AvailabilityCommands {}
}
