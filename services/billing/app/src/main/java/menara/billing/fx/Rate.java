package menara.billing.fx;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;

/**
 * What one unit of a currency was worth.
 *
 * @param base one unit of this
 * @param quote costs {@code value} of this
 * @param value above 0
 * @param source its publisher: {@code bank-al-maghrib}, {@code ecb}; {@code manual} if two people entered it
 * @param date for which day; never after the day asked for
 */
public record Rate(
        Currency base,
        Currency quote,
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal value,
        String source,
        LocalDate date) {

    public Rate {
        if (value.signum() <= 0) {
            throw new IllegalArgumentException("a rate must be above 0, was " + value);
        }
    }
}
