package menara.investment.valuation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The extended internal rate of return: every rate r with Σ amount / (1 + r)^(days/365) = 0, days counted from the first flow
 * (Act/365 Fixed, as spreadsheets' XIRR). All rates in the range are found, not the one nearest to a guess.
 *
 * <p>With x = ln(1 + r) the sum is Σ c·e^(−x·t), whose number of roots is at most the number of sign changes of the
 * amounts in time (Descartes' rule for exponential sums). No change: no root. Otherwise x is scanned in steps; each change of
 * sign is bisected, and each dip towards zero is followed to its bottom, because two near roots may hide inside one step.
 */
final class Xirr {

    /** Rates are searched above this (−99.9999999 % a year). */
    static final double LOWEST_RATE = -0.999_999_999;

    /** Rates are searched below this (+100,000,000 % a year). */
    static final double HIGHEST_RATE = 1e6;

    static final int DECIMALS = 10;
    private static final int SCAN_STEPS = 4_096;
    private static final int BISECTIONS = 200;
    private static final int DIP_STEPS = 100;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    /** A value this small beside the terms that cancel in it is zero as far as doubles can tell. */
    private static final double ZERO = 1e-14;

    private Xirr() {}

    static InternalRate of(List<CashFlow> flows) {
        var byDate = new TreeMap<LocalDate, BigDecimal>();
        flows.forEach(flow -> byDate.merge(flow.date(), flow.amount().amount(), BigDecimal::add));
        byDate.values().removeIf(amount -> amount.signum() == 0);
        if (signChanges(byDate) == 0) {
            return new InternalRate.None("all money moves in one direction, so no rate makes the flows cancel");
        }
        var rates = roots(new ExponentialSum(byDate)).stream()
                .map(x -> new BigDecimal(Math.expm1(x)).setScale(DECIMALS, RoundingMode.HALF_EVEN))
                .distinct()
                .toList();
        return switch (rates.size()) {
            case 0 ->
                new InternalRate.None("no rate between %s and %s makes the flows cancel"
                        .formatted(percent(LOWEST_RATE), percent(HIGHEST_RATE)));
            case 1 -> new InternalRate.One(rates.getFirst());
            default -> new InternalRate.Several(rates);
        };
    }

    private static String percent(double rate) {
        return new BigDecimal(Double.toString(rate))
                        .movePointRight(2)
                        .stripTrailingZeros()
                        .toPlainString()
                + " %";
    }

    private static int signChanges(SortedMap<LocalDate, BigDecimal> amounts) {
        int changes = 0;
        int last = 0;
        for (var amount : amounts.values()) {
            if (last != 0 && amount.signum() != last) {
                changes++;
            }
            last = amount.signum();
        }
        return changes;
    }

    /** All roots in ascending order. */
    private static List<Double> roots(ExponentialSum sum) {
        double lowest = Math.log1p(LOWEST_RATE);
        double step = (Math.log1p(HIGHEST_RATE) - lowest) / SCAN_STEPS;
        var roots = new ArrayList<Double>();
        double before = Double.NaN;
        double here = sum.at(lowest);
        for (int i = 0; i <= SCAN_STEPS; i++) {
            double x = lowest + i * step;
            double next = sum.at(x + step);
            if (here == 0) {
                roots.add(x);
            } else if (here * next < 0) {
                roots.add(bisect(sum, x, x + step));
            }
            boolean dips = here != 0
                    && before * here > 0
                    && here * next > 0
                    && Math.abs(here) <= Math.abs(before)
                    && Math.abs(here) <= Math.abs(next);
            if (dips) {
                roots.addAll(inDip(sum, x - step, x + step));
            }
            before = here;
            here = next;
        }
        return roots.stream().sorted().toList();
    }

    private static double bisect(ExponentialSum sum, double from, double until) {
        double sign = Math.signum(sum.at(from));
        double low = from;
        double high = until;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = low + (high - low) / 2;
            if (middle <= low || middle >= high) {
                break; // neighbouring doubles: no finer answer exists
            }
            if (sum.at(middle) * sign > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low + (high - low) / 2;
    }

    /** Golden-section search for the bottom of |sum| between two points of the same sign: two roots, one that touches, or none. */
    private static List<Double> inDip(ExponentialSum sum, double from, double until) {
        double sign = Math.signum(sum.at(from));
        double low = from;
        double high = until;
        for (int i = 0; i < DIP_STEPS; i++) {
            double left = high - GOLDEN * (high - low);
            double right = low + GOLDEN * (high - low);
            double leftValue = sum.at(left) * sign;
            double rightValue = sum.at(right) * sign;
            double bottom = leftValue <= rightValue ? left : right;
            if (Math.min(leftValue, rightValue) < -ZERO * sum.magnitudeAt(bottom)) {
                return List.of(bisect(sum, from, bottom), bisect(sum, bottom, until));
            }
            if (leftValue <= rightValue) {
                high = right;
            } else {
                low = left;
            }
        }
        double bottom = low + (high - low) / 2;
        return Math.abs(sum.at(bottom)) <= ZERO * sum.magnitudeAt(bottom) ? List.of(bottom) : List.of();
    }
}
