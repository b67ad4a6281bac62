package menara.billing.catalogue;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.math.BigDecimal;

/**
 * @param meter what is counted
 * @param unitPrice price of one unit ({@link Meter#unit()}) in the plan's currency, never negative; it may have more decimals than the currency
 */
public record Price(
        Meter meter,
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal unitPrice) {

    static final int MAX_INTEGER_DIGITS = 12;
    static final int MAX_DECIMALS = 9;

    public Price {
        if (unitPrice.signum() < 0) {
            throw new IllegalArgumentException("unitPrice must not be negative, was " + unitPrice);
        }
        if (unitPrice.scale() > MAX_DECIMALS
                || unitPrice.scale() < -MAX_INTEGER_DIGITS
                || unitPrice.precision() - unitPrice.scale() > MAX_INTEGER_DIGITS) {
            throw new IllegalArgumentException("unitPrice must have at most %d digits before and %d after the point"
                    .formatted(MAX_INTEGER_DIGITS, MAX_DECIMALS));
        }
    }
}
