package menara.billing.credits;

import java.time.Instant;
import menara.values.Money;
import org.axonframework.modelling.annotation.TargetEntityId;

/**
 * The month's charges are known better now: bring its credit up to date.
 *
 * @param charges the month's charges as known now
 */
public record ReassessCharges(@TargetEntityId CreditId credit, Money charges, Instant at) {}
