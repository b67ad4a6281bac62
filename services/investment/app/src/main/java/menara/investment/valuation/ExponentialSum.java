package menara.investment.valuation;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.SortedMap;
import java.util.function.DoubleUnaryOperator;

/**
 * Σ c·e^(−x·t) over cash flows c at t years (Act/365) after the first one, scaled by a positive factor so that it neither
 * overflows nor vanishes; its signs and roots are those of the sum.
 */
final class ExponentialSum {

    private static final double DAYS_PER_YEAR = 365;

    /** c, in units of the largest one. */
    private final double[] amounts;

    /** t, ascending, from 0. */
    private final double[] years;

    /** @param flows at least one, none of them zero */
    ExponentialSum(SortedMap<LocalDate, BigDecimal> flows) {
        var first = flows.firstKey();
        double largest = flows.values().stream()
                .mapToDouble(amount -> amount.abs().doubleValue())
                .max()
                .orElseThrow();
        amounts = flows.values().stream()
                .mapToDouble(amount -> amount.doubleValue() / largest)
                .toArray();
        years = flows.keySet().stream()
                .mapToDouble(date -> ChronoUnit.DAYS.between(first, date) / DAYS_PER_YEAR)
                .toArray();
    }

    double at(double x) {
        return sum(x, amount -> amount);
    }

    /** The same sum without signs: how large the terms are that cancel in it. */
    double magnitudeAt(double x) {
        return sum(x, Math::abs);
    }

    private double sum(double x, DoubleUnaryOperator part) {
        // The largest exponent: the first flow's for positive x, the last flow's for negative x.
        double scale = Math.max(0, -x * years[years.length - 1]);
        double sum = 0;
        for (int i = 0; i < amounts.length; i++) {
            sum += part.applyAsDouble(amounts[i]) * Math.exp(-x * years[i] - scale);
        }
        return sum;
    }
}
