package menara.billing.rating;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.YearMonth;
import menara.values.ContractId;
import menara.values.Money;

/**
 * The credit for missed availability, a share of a month's charges. Its percentage follows from availability alone; its amount is
 * computed from the charges wherever it is asked for. What it takes off is not drawn from prepaid credit.
 */
@FunctionalInterface
public interface ServiceCredit {

    /** Share of the month's charges credited as of {@code asOf}, 0 to 100; zero if none is. */
    BigDecimal percent(ContractId contract, YearMonth month, Instant asOf);

    /** {@code percent} of {@code charges}, rounded once; never above the charges and never below nothing. */
    static Money share(BigDecimal percent, Money charges) {
        if (!charges.isPositive()) {
            return Money.zero(charges.currency());
        }
        var credited = charges.amount()
                .multiply(percent)
                .movePointLeft(2)
                .setScale(charges.currency().getDefaultFractionDigits(), RoundingMode.HALF_EVEN);
        return Money.of(credited, charges.currency()).min(charges);
    }
}
