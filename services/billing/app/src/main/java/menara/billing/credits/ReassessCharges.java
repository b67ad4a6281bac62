package menara.billing.credits;

import java.time.Instant;
import menara.values.Money;
import org.axonframework.modelling.annotation.TargetEntityId;

/**
 * The month's charges are known better now: bring its credit up to date.
 *
 * @param charges what the month's charges come to as known now, without what prepaid credit cost and paid for
 */
public record ReassessCharges(@TargetEntityId CreditId credit, Money charges, Instant at) {}
