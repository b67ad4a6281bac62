package menara.billing.credits;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.math.BigDecimal;
import menara.billing.rating.ServiceCredit;
import menara.values.Money;
import menara.values.TenantId;

/**
 * An SLA credit: the share of a month's charges that a tenant does not pay, because availability fell short of the contract's service
 * level; at most one for each contract and month.
 */
public sealed interface Credit {

    /** The month's availability was never measured. */
    record NotAssessed() implements Credit {}

    /**
     * @param tenant the contract's tenant
     * @param revision grows with each change of this credit
     * @param availability the measurement it rests on
     * @param creditPercent share of the month's charges, zero if the target was met
     * @param charges the month's charges as of its decision, without what prepaid credit cost and paid for
     * @param amount what is credited, zero to {@code charges}
     */
    record Assessed(
            TenantId tenant,
            long revision,
            Availability availability,
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal creditPercent,
            Money charges,
            Money amount)
            implements Credit {

        boolean isGranted() {
            return creditPercent.signum() > 0;
        }

        Assessed withCharges(Money charged) {
            return new Assessed(
                    tenant,
                    revision + 1,
                    availability,
                    creditPercent,
                    charged,
                    ServiceCredit.share(creditPercent, charged));
        }
    }
}
