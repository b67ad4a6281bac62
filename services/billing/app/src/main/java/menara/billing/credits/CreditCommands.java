package menara.billing.credits;

import java.time.Instant;
import menara.billing.contracts.ServiceLevel;
import menara.values.Money;
import menara.values.TenantId;
import org.axonframework.modelling.annotation.TargetEntityId;

/** What can be asked of the credit of a contract and month. */
public sealed interface CreditCommands {

    /**
     * Decide what a month's measured availability earns the tenant.
     *
     * @param serviceLevel the contract's service level
     * @param charges what the month's charges come to as of now, without what prepaid credit cost and paid for
     */
    record AssessAvailability(
            @TargetEntityId CreditId credit,
            TenantId tenant,
            Availability availability,
            ServiceLevel serviceLevel,
            Money charges,
            Instant at)
            implements CreditCommands {}

    /**
     * The month's charges have changed: bring its credit up to date.
     *
     * @param charges what the month's charges come to as of now, without what prepaid credit cost and paid for
     */
    record ReassessCharges(@TargetEntityId CreditId credit, Money charges, Instant at) implements CreditCommands {}
}
