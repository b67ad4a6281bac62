package menara.billing.metering;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.bson.Document;
import org.bson.types.Binary;

/** How a contribution is stored. Hours and quantities stand as bytes: a month of six series is 70 KB, read in one piece. */
final class ContributionDocument {

    private ContributionDocument() {}

    static Document of(String log, int n, Contribution contribution, String origin, Instant knownAt) {
        var sums = new ArrayList<Document>();
        contribution.sums().forEach((series, hours) -> sums.add(series(series).append("hours", bytes(hours))));
        var readings = new ArrayList<Document>();
        contribution
                .readings()
                .forEach((series, list) -> readings.add(series(series)
                        .append(
                                "readings",
                                list.stream()
                                        .map(reading -> new Document("key", reading.key())
                                                .append("at", reading.at())
                                                .append("value", reading.value())
                                                .append("member", reading.member()))
                                        .toList())));
        var gone = new ArrayList<Document>();
        contribution.gone().forEach((series, keys) -> gone.add(series(series).append("keys", keys)));
        return new Document("_id", log + "|" + n)
                .append("once", log + "|" + origin)
                .append("knownAt", knownAt.toEpochMilli())
                .append("sums", sums)
                .append("readings", readings)
                .append("gone", gone);
    }

    private static Document series(Series series) {
        return new Document("meter", series.meter().code()).append("dimensions", series.dimensionText());
    }

    private static Binary bytes(SortedMap<Long, Long> hours) {
        var bytes = ByteBuffer.allocate(hours.size() * 2 * Long.BYTES);
        hours.forEach((hour, quantity) -> bytes.putLong(hour).putLong(quantity));
        return new Binary(bytes.array());
    }

    static HourlyQuantities hours(Document sum) {
        var bytes = ByteBuffer.wrap(sum.get("hours", Binary.class).getData()).asLongBuffer();
        int count = bytes.limit() / 2;
        var starts = new long[count];
        var parts = new long[count];
        for (int i = 0; i < count; i++) {
            starts[i] = bytes.get();
            parts[i] = bytes.get();
        }
        return HourlyQuantities.of(starts, parts);
    }

    static List<Contribution.Reading> readings(Document series) {
        return series.getList("readings", Document.class).stream()
                .map(reading -> new Contribution.Reading(
                        reading.getString("key"),
                        reading.getLong("at"),
                        reading.getLong("value"),
                        reading.getString("member")))
                .toList();
    }
}
