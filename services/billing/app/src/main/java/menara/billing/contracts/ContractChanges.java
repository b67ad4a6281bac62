package menara.billing.contracts;

import java.time.Instant;
import menara.billing.catalogue.PricePlan;
import menara.values.ContractId;
import org.axonframework.modelling.annotation.TargetEntityId;
import org.jspecify.annotations.Nullable;

/** What can be asked of a signed contract. */
final class ContractChanges {

    private ContractChanges() {}

    /**
     * Charge by another plan, or promise something else, from an hour on.
     *
     * @param plan the plan as it is known
     */
    record AmendContract(
            @TargetEntityId ContractId contract,
            Instant from,
            PricePlan.Published plan,
            @Nullable ServiceLevel serviceLevel,
            Instant at) {}

    /** Let the contract run longer. */
    record RenewContract(@TargetEntityId ContractId contract, Instant until, Instant at) {}

    /** Let the contract end earlier. */
    record TerminateContract(@TargetEntityId ContractId contract, Instant until, String reason, Instant at) {}
}
