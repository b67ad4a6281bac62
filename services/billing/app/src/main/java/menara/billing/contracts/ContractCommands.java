package menara.billing.contracts;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import menara.billing.catalogue.PricePlan;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.TenantId;
import org.axonframework.modelling.annotation.TargetEntityId;
import org.jspecify.annotations.Nullable;

/** What can be asked of a contract. */
sealed interface ContractCommands {

    /**
     * Sign a contract.
     *
     * @param plan the plan as it is now; versions are only added, so its versions stay valid
     * @param at when it is signed
     */
    record SignContract(
            @TargetEntityId ContractId contract,
            TenantId tenant,
            PricePlan.Published plan,
            Period term,
            Currency currency,
            ZoneId timeZone,
            ServiceLevel serviceLevel,
            ContractTerms terms,
            Instant at)
            implements ContractCommands {}

    /**
     * Change the plan or the service level from an hour on, or the buyer.
     *
     * @param change the request that asks for it
     * @param terms null if only the buyer changes
     * @param buyer null if that stays
     */
    record AmendContract(
            @TargetEntityId ContractId contract,
            ChangeId change,
            @Nullable NewTerms terms,
            @Nullable Buyer buyer,
            Instant at)
            implements ContractCommands {}

    /**
     * @param from first hour to which it applies
     * @param plan the plan as it is now
     * @param serviceLevel null if that stays
     */
    record NewTerms(
            Instant from,
            PricePlan.Published plan,
            @Nullable ServiceLevel serviceLevel) {}

    /** Let the contract run longer. */
    record RenewContract(@TargetEntityId ContractId contract, ChangeId change, Instant until, Instant at)
            implements ContractCommands {}

    /** Let the contract end earlier. */
    record TerminateContract(
            @TargetEntityId ContractId contract, ChangeId change, Instant until, String reason, Instant at)
            implements ContractCommands {}
}
