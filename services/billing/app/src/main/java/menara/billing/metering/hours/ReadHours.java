package menara.billing.metering.hours;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import menara.billing.meters.Meter;
import menara.values.Period;

/** The hours of a series whose quantity follows from all readings of an hour together. Pure. */
final class ReadHours {

    /** How long a level holds without a new report, so that a silent sensor does not cost for ever. */
    static final Duration MAX_HOLD = Duration.ofHours(24);

    private static final Comparator<Contribution.Reading> BY_TIME =
            Comparator.comparingLong(Contribution.Reading::at).thenComparing(Contribution.Reading::key);

    private ReadHours() {}

    /**
     * @param readings of the month, and of the one before where the meter's hours depend on it; in any order
     * @param until readings after this are left out
     */
    static HourlyQuantities of(
            Meter meter, Collection<Contribution.Reading> readings, YearMonth month, ZoneId zone, Instant until) {
        var ordered = readings.stream().sorted(BY_TIME).toList();
        var inMonth = Period.month(month, zone);
        var hours = new HourSums();
        switch (meter.aggregation()) {
            case GAUGE -> gauge(ordered, inMonth, zone, until, hours);
            case COUNTER -> counter(ordered, inMonth, zone, hours);
            case UNIQUE, AVG, MIN, MAX, LAST -> byHour(meter, ordered, inMonth, zone, hours);
            case SUM, COUNT -> throw new IllegalArgumentException("reports of %s are added up".formatted(meter.code()));
        }
        return hours.quantities();
    }

    private static void gauge(
            List<Contribution.Reading> readings, Period month, ZoneId zone, Instant until, HourSums hours) {
        for (int i = 0; i < readings.size(); i++) {
            var from = Instant.ofEpochMilli(readings.get(i).at());
            var end = from.plus(MAX_HOLD);
            end = end.isBefore(until) ? end : until;
            if (i + 1 < readings.size()) {
                var next = Instant.ofEpochMilli(readings.get(i + 1).at());
                end = next.isBefore(end) ? next : end;
            }
            long level = readings.get(i).value();
            if (from.isBefore(end)) {
                new Period(from, end)
                        .intersection(month)
                        .ifPresent(held -> HourWindows.split(
                                held, zone, (hour, millis) -> hold(level, millis, hour.getEpochSecond(), hours)));
            }
        }
    }

    /** In two parts: a clock set back by half an hour makes an hour of 90 minutes, in which the highest level leaves a long. */
    private static void hold(long level, long millis, long hour, HourSums hours) {
        long part = millis / 2;
        hours.add(hour, Math.multiplyExact(level, part));
        hours.add(hour, Math.multiplyExact(level, millis - part));
    }

    private static void counter(List<Contribution.Reading> readings, Period month, ZoneId zone, HourSums hours) {
        for (int i = 1; i < readings.size(); i++) {
            var reading = readings.get(i);
            var at = Instant.ofEpochMilli(reading.at());
            long before = readings.get(i - 1).value();
            // A register that fell was reset to zero in between; its value is the usage since then.
            long used = reading.value() >= before ? reading.value() - before : reading.value();
            if (month.contains(at)) {
                hours.add(HourWindows.startOf(at, zone).getEpochSecond(), used);
            }
        }
    }

    private static void byHour(
            Meter meter, List<Contribution.Reading> readings, Period month, ZoneId zone, HourSums hours) {
        readings.stream()
                .filter(reading -> month.contains(Instant.ofEpochMilli(reading.at())))
                .collect(Collectors.groupingBy(
                        reading -> HourWindows.startOf(Instant.ofEpochMilli(reading.at()), zone)
                                .getEpochSecond(),
                        TreeMap::new,
                        Collectors.toCollection(ArrayList::new)))
                .forEach((hour, ofHour) -> hours.add(hour, quantity(meter, ofHour)));
    }

    private static long quantity(Meter meter, List<Contribution.Reading> readings) {
        var values = readings.stream().mapToLong(Contribution.Reading::value);
        return switch (meter.aggregation()) {
            case UNIQUE ->
                readings.stream().map(Contribution.Reading::member).distinct().count() * Meter.MICROS_PER_UNIT;
            case AVG -> mean(readings);
            case MIN -> values.min().orElse(0);
            case MAX -> values.max().orElse(0);
            case LAST -> readings.getLast().value();
            case SUM, COUNT, GAUGE, COUNTER -> throw new IllegalArgumentException(meter.code());
        };
    }

    /** Rounded half up to a millionth of the unit. */
    private static long mean(List<Contribution.Reading> readings) {
        var sum = BigInteger.ZERO;
        for (var reading : readings) {
            sum = sum.add(BigInteger.valueOf(reading.value()));
        }
        var count = BigInteger.valueOf(readings.size());
        return sum.shiftLeft(1).add(count).divide(count.shiftLeft(1)).longValueExact();
    }
}
