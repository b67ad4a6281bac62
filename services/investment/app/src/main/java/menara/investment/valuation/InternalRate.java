package menara.investment.valuation;

import java.math.BigDecimal;
import java.util.List;

/** The yearly rates at which a series of cash flows is worth nothing, as fractions: 0.1 is 10 % a year. */
sealed interface InternalRate {

    /** Exactly one: a figure to act on. */
    record One(BigDecimal rate) implements InternalRate {}

    /** More than one, none of them preferable. */
    record Several(List<BigDecimal> rates) implements InternalRate {

        public Several {
            rates = List.copyOf(rates);
        }
    }

    /** None within the searched range. */
    record None(String reason) implements InternalRate {}
}
