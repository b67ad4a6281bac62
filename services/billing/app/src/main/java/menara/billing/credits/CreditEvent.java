package menara.billing.credits;

import java.time.Instant;

/** What happens to the credit of a contract and month. */
public sealed interface CreditEvent
        permits SlaCreditGranted, SlaCreditRevised, SlaCreditWithdrawn, AvailabilityTargetMet {

    CreditId credit();

    Credit.Assessed assessed();

    /** When it was decided. */
    Instant at();
}
