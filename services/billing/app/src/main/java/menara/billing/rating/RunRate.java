package menara.billing.rating;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import menara.billing.metering.hours.HourWindows;
import menara.billing.metering.hours.HourlyQuantities;
import menara.billing.meters.Series;
import menara.values.Period;

/**
 * Usage expected to go on as it was: the mean of each hour of the day over a time that is over, so that tariffs by the hour see the
 * day's shape.
 *
 * @param observed whole days that the means are taken over
 * @param byHour mean quantity of the 24 hours of a day, by series
 */
public record RunRate(Period observed, SortedMap<Series, HoursOfDay> byHour) {

    /** @param parts 24 quantities, rounded down to the meter's smallest part */
    record HoursOfDay(List<BigInteger> parts) {

        private static HoursOfDay mean(HourlyQuantities observed, ZoneId zone, long days) {
            var sums = new ArrayList<>(Collections.nCopies(24, BigInteger.ZERO));
            observed.forEach((start, quantity) -> {
                int hour = Instant.ofEpochSecond(start).atZone(zone).getHour();
                sums.set(hour, sums.get(hour).add(quantity));
            });
            return new HoursOfDay(sums.stream()
                    .map(sum -> sum.divide(BigInteger.valueOf(days)))
                    .toList());
        }
    }

    static RunRate of(Period observed, ZoneId zone, SortedMap<Series, HourlyQuantities> hours) {
        // Days, not 24 hours: the clock may have changed within.
        long days = Math.max(
                1,
                Math.round(observed.duration().toMillis()
                        / (double) Duration.ofDays(1).toMillis()));
        var means = new TreeMap<Series, HoursOfDay>();
        hours.forEach((series, quantities) ->
                means.put(series, HoursOfDay.mean(quantities.within(observed.from(), observed.until()), zone, days)));
        return new RunRate(observed, means);
    }

    /** What {@code period} will use at this rate, added to what is known. */
    SortedMap<Series, HourlyQuantities> added(SortedMap<Series, HourlyQuantities> used, Period period, ZoneId zone) {
        var sums = new TreeMap<>(used);
        byHour.forEach((series, mean) -> {
            var hours = new TreeMap<Instant, BigInteger>();
            for (var hour = HourWindows.firstFrom(period.from(), zone);
                    hour.isBefore(period.until());
                    hour = HourWindows.next(hour, zone)) {
                hours.put(hour, mean.parts().get(hour.atZone(zone).getHour()));
            }
            sums.merge(series, HourlyQuantities.of(hours), HourlyQuantities::plus);
        });
        return sums;
    }
}
