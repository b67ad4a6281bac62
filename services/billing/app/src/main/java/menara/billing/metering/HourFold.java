package menara.billing.metering;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import menara.billing.catalogue.Meter;
import org.bson.Document;

/**
 * A log of contributions folded up to a place. Never changed once made.
 *
 * @param next place of the first contribution not folded
 * @param latest when the newest of the folded contributions became known
 * @param sums hours of the series whose reports are added up
 * @param byKey readings that count, by series and event
 */
record HourFold(
        int next,
        Instant latest,
        Map<Series, HourlyQuantities> sums,
        Map<Series, Map<String, Contribution.Reading>> byKey) {

    static final HourFold EMPTY = new HourFold(0, Instant.MIN, Map.of(), Map.of());

    Map<Series, Collection<Contribution.Reading>> readings() {
        return byKey.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().values()));
    }

    /** @param asOf what became known later is passed over */
    HourFold plus(List<Document> contributions, Instant asOf, Function<String, Meter> meters) {
        if (contributions.isEmpty()) {
            return this;
        }
        var newest = latest;
        var moreSums = new HashMap<>(sums);
        var moreReadings = new HashMap<Series, Map<String, Contribution.Reading>>();
        byKey.forEach((series, readings) -> moreReadings.put(series, new LinkedHashMap<>(readings)));
        for (var document : contributions) {
            var knownAt = Instant.ofEpochMilli(document.getLong("knownAt"));
            newest = knownAt.isAfter(newest) ? knownAt : newest;
            if (!knownAt.isAfter(asOf)) {
                for (var sum : document.getList("sums", Document.class)) {
                    moreSums.merge(series(sum, meters), ContributionDocument.hours(sum), HourlyQuantities::plus);
                }
                for (var added : document.getList("readings", Document.class)) {
                    var readings = moreReadings.computeIfAbsent(series(added, meters), _ -> new LinkedHashMap<>());
                    ContributionDocument.readings(added).forEach(reading -> readings.put(reading.key(), reading));
                }
                for (var gone : document.getList("gone", Document.class)) {
                    var readings = moreReadings.computeIfAbsent(series(gone, meters), _ -> new LinkedHashMap<>());
                    gone.getList("keys", String.class).forEach(readings::remove);
                }
            }
        }
        return new HourFold(next + contributions.size(), newest, moreSums, moreReadings);
    }

    private static Series series(Document document, Function<String, Meter> meters) {
        return Series.of(meters.apply(document.getString("meter")), document.getString("dimensions"));
    }
}
