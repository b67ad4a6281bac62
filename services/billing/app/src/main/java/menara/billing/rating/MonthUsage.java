package menara.billing.rating;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import menara.billing.catalogue.Charge;
import menara.billing.metering.hours.HourlyQuantities;
import menara.billing.meters.Meter;
import menara.billing.meters.Series;
import menara.billing.racks.RackTime;
import menara.values.Period;

/**
 * Everything a month's charges follow from.
 *
 * @param month calendar month in {@code zone}
 * @param zone the contract's time zone
 * @param currency the contract's currency
 * @param pricingPeriods which prices count when, in order, without overlap, until the month or the term ends
 * @param until what a month costs by its days counts until then
 * @param hours what was metered, by series
 * @param racks racks handed over and when
 * @param creditPercent share of the charges that is credited and so not drawn from prepaid credit
 */
public record MonthUsage(
        YearMonth month,
        ZoneId zone,
        Currency currency,
        List<PricingPeriod> pricingPeriods,
        Instant until,
        SortedMap<Series, HourlyQuantities> hours,
        List<RackTime> racks,
        BigDecimal creditPercent) {

    MonthUsage with(SortedMap<Series, HourlyQuantities> expected) {
        return new MonthUsage(month, zone, currency, pricingPeriods, until, expected, racks, creditPercent);
    }

    /** How much of a pricing period counts; nothing of one that has not begun. */
    Optional<Period> counted(PricingPeriod pricingPeriod) {
        return pricingPeriod.period().from().isBefore(until)
                ? pricingPeriod.period().intersection(new Period(Instant.MIN, until))
                : Optional.empty();
    }

    /** Where the last pricing period ends. */
    Instant end() {
        return pricingPeriods.getLast().period().until();
    }

    /** What {@code charge} counts in {@code period}. */
    BigInteger quantity(Charge charge, Period period) {
        var meter = charge.meter();
        if (meter == null) {
            return BigInteger.ZERO;
        }
        var sum = meter.equals(Meter.RACK_HOUR.code()) ? rackMillis(period) : BigInteger.ZERO;
        for (var entry : hours.entrySet()) {
            if (counts(charge, entry.getKey())) {
                sum = sum.add(entry.getValue().sum(period.from(), period.until()));
            }
        }
        return sum;
    }

    /** What {@code charge} counts in {@code period}, hour by hour. */
    HourlyQuantities hourly(Charge charge, Period period) {
        var sum = HourlyQuantities.NONE;
        for (var entry : hours.entrySet()) {
            if (counts(charge, entry.getKey())) {
                sum = sum.plus(entry.getValue().within(period.from(), period.until()));
            }
        }
        return sum;
    }

    static boolean counts(Charge charge, Series series) {
        return series.meter().code().equals(charge.meter()) && charge.covers(series.dimensions());
    }

    /** What was used in {@code period} and no charge counts. */
    SortedMap<Series, BigInteger> unpriced(List<Charge> charges, Period period) {
        var left = new TreeMap<Series, BigInteger>();
        hours.forEach((series, quantities) -> {
            if (charges.stream().noneMatch(charge -> counts(charge, series))) {
                left.merge(series, quantities.sum(period.from(), period.until()), BigInteger::add);
            }
        });
        var racks = Series.of(Meter.RACK_HOUR);
        if (charges.stream().noneMatch(charge -> counts(charge, racks))) {
            left.merge(racks, rackMillis(period), BigInteger::add);
        }
        left.values().removeIf(quantity -> quantity.signum() == 0);
        return left;
    }

    private BigInteger rackMillis(Period period) {
        var sum = BigInteger.ZERO;
        for (var time : racks) {
            var part = time.period().intersection(period);
            if (part.isPresent()) {
                sum = sum.add(BigInteger.valueOf(time.racks())
                        .multiply(BigInteger.valueOf(part.get().duration().toMillis())));
            }
        }
        return sum;
    }
}
