package menara.billing.rating;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import menara.billing.meters.Meter;

/**
 * An exact quantity of a meter.
 *
 * @param meter what was counted
 * @param parts in the meter's smallest parts, {@link Meter#partsPerUnit()} of which are one unit; never negative
 */
public record Quantity(Meter meter, BigInteger parts) {

    /** Decimals shown when a quantity has no finite decimal form (a third of an hour). */
    static final int MAX_DECIMALS_SHOWN = 9;

    static final int MIN_DECIMALS_SHOWN = 3;

    private static final BigInteger TWO = BigInteger.TWO;
    private static final BigInteger FIVE = BigInteger.valueOf(5);

    public Quantity {
        if (parts.signum() < 0) {
            throw new IllegalArgumentException("quantity must not be negative, was " + parts);
        }
    }

    /** For people: the exact decimal if there is one, else rounded to {@value #MAX_DECIMALS_SHOWN} decimals. Never computed with. */
    public String shown() {
        var dividend = new BigDecimal(parts);
        var divisor = BigDecimal.valueOf(meter.partsPerUnit());
        var units = isFinite()
                ? dividend.divide(divisor)
                : dividend.divide(divisor, MAX_DECIMALS_SHOWN, RoundingMode.HALF_EVEN);
        var stripped = units.stripTrailingZeros();
        return stripped.setScale(Math.max(stripped.scale(), MIN_DECIMALS_SHOWN)).toPlainString();
    }

    /** Whether {@link #shown()} is exact: a fraction ends when its reduced denominator has no prime factor but 2 and 5. */
    public boolean isFinite() {
        var unit = BigInteger.valueOf(meter.partsPerUnit());
        var denominator = unit.divide(unit.gcd(parts));
        return without(FIVE, without(TWO, denominator)).equals(BigInteger.ONE);
    }

    private static BigInteger without(BigInteger factor, BigInteger number) {
        var rest = number;
        while (rest.mod(factor).signum() == 0) {
            rest = rest.divide(factor);
        }
        return rest;
    }
}
