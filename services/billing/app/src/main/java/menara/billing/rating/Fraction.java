package menara.billing.rating;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * An exact quotient, so that parts of a month add up to the month.
 *
 * @param numerator over
 * @param denominator this; above 0
 */
record Fraction(BigInteger numerator, BigInteger denominator) {

    static final Fraction ZERO = new Fraction(BigInteger.ZERO, BigInteger.ONE);

    Fraction {
        var common = numerator.gcd(denominator);
        if (common.compareTo(BigInteger.ONE) > 0) {
            numerator = numerator.divide(common);
            denominator = denominator.divide(common);
        }
    }

    static Fraction of(BigDecimal decimal) {
        return decimal.scale() > 0
                ? new Fraction(decimal.unscaledValue(), BigInteger.TEN.pow(decimal.scale()))
                : new Fraction(decimal.toBigIntegerExact(), BigInteger.ONE);
    }

    Fraction plus(Fraction other) {
        return new Fraction(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    Fraction times(Fraction other) {
        return new Fraction(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    Fraction times(BigInteger factor) {
        return new Fraction(numerator.multiply(factor), denominator);
    }

    BigInteger floor() {
        return numerator.divide(denominator);
    }

    /** The one rounding. */
    BigDecimal halfEven(int decimals) {
        return new BigDecimal(numerator).divide(new BigDecimal(denominator), decimals, RoundingMode.HALF_EVEN);
    }
}
