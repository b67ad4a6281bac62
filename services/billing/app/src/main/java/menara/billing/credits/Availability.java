package menara.billing.credits;

import java.math.BigDecimal;
import java.math.RoundingMode;
import menara.billing.contracts.ServiceLevel;

/**
 * Availability as operations measured it.
 *
 * @param measurement its revision there; the highest counts
 * @param scheduledRackMinutes minutes the racks were due
 * @param unavailableRackMinutes minutes of those in which they were down
 */
public record Availability(long measurement, long scheduledRackMinutes, long unavailableRackMinutes) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int DECIMALS_SHOWN = 4;

    public Availability {
        if (scheduledRackMinutes < 0 || unavailableRackMinutes < 0 || unavailableRackMinutes > scheduledRackMinutes) {
            throw new IllegalArgumentException("unavailable minutes must be 0 to the %d scheduled, were %d"
                    .formatted(scheduledRackMinutes, unavailableRackMinutes));
        }
    }

    /** Share of the month's charges to be credited, in percent; zero if no tier is reached or nothing was scheduled. */
    BigDecimal creditPercent(ServiceLevel serviceLevel) {
        return serviceLevel.tiers().stream()
                .filter(tier -> isBelow(tier.belowPercent()))
                .map(ServiceLevel.Tier::creditPercent)
                .max(BigDecimal::compareTo)
                .orElse(BigDecimal.ZERO);
    }

    /** Compared without a division: 99.89999 % is below 99.9 % and must not be rounded up to it. */
    private boolean isBelow(BigDecimal percent) {
        var available = BigDecimal.valueOf(scheduledRackMinutes - unavailableRackMinutes);
        return available.multiply(HUNDRED).compareTo(percent.multiply(BigDecimal.valueOf(scheduledRackMinutes))) < 0;
    }

    /** In percent, rounded down to {@value #DECIMALS_SHOWN} decimals, so that it never looks better than it was. */
    public BigDecimal percent() {
        if (scheduledRackMinutes == 0) {
            return HUNDRED;
        }
        return BigDecimal.valueOf(scheduledRackMinutes - unavailableRackMinutes)
                .multiply(HUNDRED)
                .divide(BigDecimal.valueOf(scheduledRackMinutes), DECIMALS_SHOWN, RoundingMode.FLOOR);
    }
}
