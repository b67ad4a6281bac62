package menara.billing.metering.hours;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import menara.billing.meters.Meter;
import menara.billing.meters.Series;
import org.bson.Document;

/**
 * A log of contributions folded up to a place. Immutable.
 *
 * @param next place of the first contribution not folded
 * @param latest when the newest of the folded contributions was recorded
 * @param sums hours of the series whose reports are added up
 * @param byKey readings that count, by series and event
 * @param awaited events that were taken back before they were counted: parked usage may be counted after its retraction
 */
record HourFold(
        int next,
        Instant latest,
        Map<Series, HourlyQuantities> sums,
        Map<Series, Map<String, Contribution.Reading>> byKey,
        Set<String> awaited) {

    private static final long BYTES_PER_FOLD = 500;
    private static final long BYTES_PER_HOUR = 24;
    private static final long BYTES_PER_READING = 250;

    static final HourFold EMPTY = new HourFold(0, Instant.MIN, Map.of(), Map.of(), Set.of());

    Map<Series, Collection<Contribution.Reading>> readings() {
        return byKey.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().values()));
    }

    /** How many readings count. */
    int size() {
        return byKey.values().stream().mapToInt(Map::size).sum();
    }

    /** What it takes in memory, about. */
    int bytes() {
        long hours = sums.values().stream().mapToLong(HourlyQuantities::size).sum();
        long bytes = BYTES_PER_FOLD + hours * BYTES_PER_HOUR + (size() + awaited.size()) * BYTES_PER_READING;
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }

    /** @param asOf contributions recorded later are left out */
    HourFold plus(List<Document> contributions, Instant asOf, Function<String, Meter> meters) {
        if (contributions.isEmpty()) {
            return this;
        }
        var newest = latest;
        var known = new ArrayList<Document>();
        for (var document : contributions) {
            var recordedAt = Instant.ofEpochMilli(document.getLong("recordedAt"));
            newest = recordedAt.isAfter(newest) ? recordedAt : newest;
            if (!recordedAt.isAfter(asOf)) {
                known.add(document);
            }
        }
        var more = new Adding(this, meters);
        known.forEach(more::add);
        return new HourFold(next + contributions.size(), newest, more.sums, more.byKey, more.awaited);
    }

    /** Copies only what changes: a month of many readings is not copied for one more. */
    private static final class Adding {

        private final Function<String, Meter> meters;
        private final Map<Series, HourlyQuantities> sums;
        private final Map<Series, Map<String, Contribution.Reading>> byKey;
        private final Set<Series> copied = new HashSet<>();
        private final Set<String> awaited;

        Adding(HourFold fold, Function<String, Meter> meters) {
            this.meters = meters;
            this.sums = new HashMap<>(fold.sums);
            this.byKey = new HashMap<>(fold.byKey);
            this.awaited = new HashSet<>(fold.awaited);
        }

        void add(Document contribution) {
            for (var sum : contribution.getList("sums", Document.class)) {
                sums.merge(series(sum), ContributionDocument.hours(sum), HourlyQuantities::plus);
            }
            for (var added : contribution.getList("readings", Document.class)) {
                var readings = readings(series(added));
                for (var reading : ContributionDocument.readings(added)) {
                    if (!awaited.remove(reading.key())) {
                        readings.put(reading.key(), reading);
                    }
                }
            }
            for (var gone : contribution.getList("gone", Document.class)) {
                var readings = readings(series(gone));
                for (var key : gone.getList("keys", String.class)) {
                    if (readings.remove(key) == null) {
                        awaited.add(key);
                    }
                }
            }
        }

        private Map<String, Contribution.Reading> readings(Series series) {
            var readings = byKey.getOrDefault(series, Map.of());
            if (copied.add(series)) {
                readings = new LinkedHashMap<>(readings);
                byKey.put(series, readings);
            }
            return readings;
        }

        private Series series(Document document) {
            return Series.of(meters.apply(document.getString("meter")), document.getString("dimensions"));
        }
    }
}
