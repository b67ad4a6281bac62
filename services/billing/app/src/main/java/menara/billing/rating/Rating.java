package menara.billing.rating;

import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import menara.billing.catalogue.Meter;
import menara.billing.catalogue.PricePlan;
import menara.billing.metering.HourWindows;
import menara.billing.metering.RackTime;
import menara.values.Period;

/**
 * Usage × the plan in force at that hour. Pure: the same input gives the same lines, so rating again changes nothing. An hour is
 * charged whole by the version in force at its beginning.
 */
public final class Rating {

    private Rating() {}

    /**
     * One line for each meter and plan version.
     *
     * @param plan the plan as known
     * @param zone time zone of the contract's hours
     * @param gpuHours start of the hour → milliGPU-milliseconds
     * @param racks racks and when they count
     * @throws IllegalArgumentException if something was used before the plan's first version
     */
    public static List<RatedLine> rate(
            PricePlan.Published plan, ZoneId zone, SortedMap<Instant, BigInteger> gpuHours, List<RackTime> racks) {
        var lines = new ArrayList<RatedLine>();
        lines.addAll(lines(plan, Meter.GPU_HOUR, byVersion(plan, gpuHours)));
        lines.addAll(lines(plan, Meter.RACK_HOUR, byVersion(plan, zone, racks)));
        return lines;
    }

    private static List<RatedLine> lines(PricePlan.Published plan, Meter meter, Map<Integer, BigInteger> parts) {
        return plan.versions().stream()
                .filter(version ->
                        parts.getOrDefault(version.number(), BigInteger.ZERO).signum() > 0)
                .map(version -> RatedLine.of(
                        version.number(),
                        new Quantity(meter, parts.getOrDefault(version.number(), BigInteger.ZERO)),
                        version.unitPrice(meter),
                        plan.currency()))
                .toList();
    }

    private static Map<Integer, BigInteger> byVersion(PricePlan.Published plan, SortedMap<Instant, BigInteger> hours) {
        var parts = new TreeMap<Integer, BigInteger>();
        hours.forEach((hour, quantity) -> {
            var version = plan.inForceAt(hour).orElseThrow(() -> noPrice(plan, hour));
            parts.merge(version.number(), quantity, BigInteger::add);
        });
        return parts;
    }

    private static Map<Integer, BigInteger> byVersion(PricePlan.Published plan, ZoneId zone, List<RackTime> racks) {
        var parts = new TreeMap<Integer, BigInteger>();
        for (var time : racks) {
            var first = HourWindows.startOf(time.period().from(), zone);
            if (plan.inForceAt(first).isEmpty()) {
                throw noPrice(plan, first);
            }
            for (var version : plan.versions()) {
                charged(plan, version, zone)
                        .flatMap(period -> period.intersection(time.period()))
                        .ifPresent(period ->
                                parts.merge(version.number(), rackMillis(time.racks(), period), BigInteger::add));
            }
        }
        return parts;
    }

    /** The time that a version charges: whole hours, beginning with the first hour that begins in it. */
    private static Optional<Period> charged(PricePlan.Published plan, PricePlan.Version version, ZoneId zone) {
        var from = HourWindows.firstFrom(version.effectiveFrom(), zone);
        var until = plan.versions().stream()
                .filter(later -> later.number() > version.number())
                .findFirst()
                .map(later -> HourWindows.firstFrom(later.effectiveFrom(), zone))
                .orElse(Instant.MAX);
        return from.isBefore(until) ? Optional.of(new Period(from, until)) : Optional.empty();
    }

    private static BigInteger rackMillis(int racks, Period period) {
        long millis = period.until().toEpochMilli() - period.from().toEpochMilli();
        return BigInteger.valueOf(racks).multiply(BigInteger.valueOf(millis));
    }

    private static IllegalArgumentException noPrice(PricePlan.Published plan, Instant hour) {
        return new IllegalArgumentException("plan %s has no version in force at %s".formatted(plan.plan(), hour));
    }
}
