package menara.billing.catalogue;

import java.math.BigDecimal;

/** Which decimal numbers a plan may carry. */
final class Decimals {

    static final int MAX_INTEGER_DIGITS = 12;
    static final int MAX_PRICE_DECIMALS = 9;

    /** A bound must be a whole number of every meter's smallest parts; 10⁻⁵ rack-hours are 36 rack-milliseconds. */
    static final int MAX_QUANTITY_DECIMALS = 5;

    private Decimals() {}

    static BigDecimal price(String what, BigDecimal value) {
        return atLeastZero(what, value, MAX_PRICE_DECIMALS);
    }

    static BigDecimal quantity(String what, BigDecimal value) {
        return atLeastZero(what, value, MAX_QUANTITY_DECIMALS);
    }

    static BigDecimal positive(String what, BigDecimal value, int maxDecimals) {
        if (value.signum() <= 0) {
            throw new IllegalArgumentException("%s must be above 0, was %s".formatted(what, value));
        }
        return atLeastZero(what, value, maxDecimals);
    }

    private static BigDecimal atLeastZero(String what, BigDecimal value, int maxDecimals) {
        if (value.signum() < 0) {
            throw new IllegalArgumentException("%s must not be negative, was %s".formatted(what, value));
        }
        if (value.scale() > maxDecimals
                || value.scale() < -MAX_INTEGER_DIGITS
                || value.precision() - value.scale() > MAX_INTEGER_DIGITS) {
            throw new IllegalArgumentException("%s must have at most %d digits before and %d after the point"
                    .formatted(what, MAX_INTEGER_DIGITS, maxDecimals));
        }
        return value;
    }
}
