package menara.billing.metering.hours;

import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import menara.billing.meters.Meter;
import menara.billing.meters.Series;
import menara.billing.usage.events.Hash128;
import menara.billing.usage.events.UsageEntry;
import menara.billing.usage.events.UsageEvent;
import menara.values.ContractId;

/**
 * What a batch of usage adds to the hours of one contract and month. The order in which contributions are added does not
 * matter.
 *
 * @param contract the contract
 * @param month calendar month in the contract's zone
 * @param sums quantity added, by series whose reports are added up
 * @param readings reports of series whose hours follow from all their reports together
 * @param gone keys of readings that no longer count
 */
public record Contribution(
        ContractId contract,
        YearMonth month,
        Map<Series, HourSums> sums,
        Map<Series, List<Reading>> readings,
        Map<Series, List<String>> gone) {

    /**
     * @param key hash of the event's identity, hexadecimal
     * @param at when, in milliseconds since 1970
     * @param value in millionths of the meter's unit
     * @param member the member counted
     */
    record Reading(String key, long at, long value, String member) {}

    /** Name of the log of contributions to which it belongs. */
    public String log() {
        return log(contract, month);
    }

    public static String log(ContractId contract, YearMonth month) {
        return contract + "|" + month;
    }

    /**
     * The contributions of events; the same events give the same ones.
     *
     * @param superseded finds the event that another replaces
     */
    public static List<Contribution> of(List<UsageEntry> entries, Function<Hash128, UsageEntry> superseded) {
        var collected = new Collector();
        for (var entry : entries) {
            if (entry.head() != null) {
                collected.add(superseded.apply(entry.head()), -1);
            }
            collected.add(entry, 1);
        }
        return new ArrayList<>(collected.byMonth.values());
    }

    private static final class Collector {

        private record ContractMonth(ContractId contract, YearMonth month) {}

        private final Map<ContractMonth, Contribution> byMonth = new LinkedHashMap<>();

        void add(UsageEntry entry, int sign) {
            switch (entry.event()) {
                case UsageEvent.Retraction _ -> {}
                case UsageEvent.Occupation occupation ->
                    HourWindows.split(
                            occupation.period(),
                            entry.zone(),
                            // One event's hour fits into a long: MAX_MILLI_GPUS × 90 minutes are 1.4 × 10¹⁵.
                            (hour, millis) -> addSum(
                                    entry,
                                    occupation,
                                    hour,
                                    Math.multiplyExact(sign * occupation.milliGpus(), millis)));
                case UsageEvent.Reading reading -> {
                    var hour = HourWindows.startOf(reading.period().from(), entry.zone());
                    switch (reading.meter().aggregation()) {
                        case SUM -> addSum(entry, reading, hour, sign * reading.quantity());
                        case COUNT -> addSum(entry, reading, hour, sign * Meter.MICROS_PER_UNIT);
                        case UNIQUE, AVG, MIN, MAX, LAST, GAUGE, COUNTER -> addReading(entry, reading, hour, sign);
                    }
                }
            }
        }

        private void addSum(UsageEntry entry, UsageEvent.Counted event, Instant hour, long quantity) {
            of(entry, hour)
                    .sums()
                    .computeIfAbsent(event.series(), _ -> new HourSums())
                    .add(hour.getEpochSecond(), quantity);
        }

        private void addReading(UsageEntry entry, UsageEvent.Reading reading, Instant hour, int sign) {
            var contribution = of(entry, hour);
            var key = entry.key().toString();
            if (sign > 0) {
                contribution
                        .readings()
                        .computeIfAbsent(reading.series(), _ -> new ArrayList<>())
                        .add(new Reading(
                                key, reading.period().from().toEpochMilli(), reading.quantity(), reading.member()));
            } else {
                contribution
                        .gone()
                        .computeIfAbsent(reading.series(), _ -> new ArrayList<>())
                        .add(key);
            }
        }

        private Contribution of(UsageEntry entry, Instant hour) {
            var key = new ContractMonth(entry.event().contract(), HourWindows.monthOf(hour, entry.zone()));
            return byMonth.computeIfAbsent(
                    key,
                    _ -> new Contribution(
                            key.contract(),
                            key.month(),
                            new LinkedHashMap<>(),
                            new LinkedHashMap<>(),
                            new LinkedHashMap<>()));
        }
    }
}
