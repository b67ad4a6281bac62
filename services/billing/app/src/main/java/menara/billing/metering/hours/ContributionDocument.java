package menara.billing.metering.hours;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import menara.billing.meters.Series;
import org.bson.Document;
import org.bson.types.Binary;

/**
 * How a contribution is stored. Hours and quantities stand as bytes: a month of six series is 70 KB, read in one piece. A large
 * contribution is split into several documents, at the same places each time.
 */
final class ContributionDocument {

    /**
     * Bytes of a document, about: far below MongoDB's limit of 16 MB. Fixed for ever: a batch that a crash left half counted is
     * completed piece by piece.
     */
    static final int MAX_BYTES = 1 << 19;

    private static final int MAX_BYTES_PER_CHARACTER = 3;

    /** Names, types and lengths of a sub-document's fields. */
    private static final int OVERHEAD = 96;

    private final List<Document> pieces = new ArrayList<>();
    private int bytes;

    private ContributionDocument() {
        next();
    }

    /** The contents of the documents of a contribution, at least one. */
    static List<Document> of(Contribution contribution) {
        var cut = new ContributionDocument();
        contribution.sums().forEach((series, sums) -> sums.layers().forEach(hours -> cut.add(series, hours)));
        contribution
                .readings()
                .forEach((series, readings) -> cut.add(
                        "readings",
                        series,
                        "readings",
                        readings,
                        reading -> OVERHEAD + length(reading.key()) + length(reading.member()),
                        ContributionDocument::document));
        contribution
                .gone()
                .forEach((series, keys) ->
                        cut.add("gone", series, "keys", keys, key -> OVERHEAD + length(key), key -> key));
        return cut.pieces;
    }

    private static Object document(Contribution.Reading reading) {
        return new Document("key", reading.key())
                .append("at", reading.at())
                .append("value", reading.value())
                .append("member", reading.member());
    }

    private void next() {
        pieces.add(new Document("sums", new ArrayList<>())
                .append("readings", new ArrayList<>())
                .append("gone", new ArrayList<>()));
        bytes = 0;
    }

    private void add(Series series, SortedMap<Long, Long> hours) {
        var content = bytes(hours);
        int size = length(series) + content.length();
        if (bytes > 0 && bytes + size > MAX_BYTES) {
            next();
        }
        bytes += size;
        put("sums", document(series).append("hours", content));
    }

    private <T> void add(
            String kind,
            Series series,
            String field,
            List<T> items,
            ToIntFunction<T> size,
            Function<T, Object> stored) {
        var taken = new ArrayList<>();
        bytes += length(series);
        for (var item : items) {
            int length = size.applyAsInt(item);
            if (!taken.isEmpty() && bytes + length > MAX_BYTES) {
                put(kind, document(series).append(field, taken));
                taken = new ArrayList<>();
                next();
                bytes += length(series);
            }
            taken.add(stored.apply(item));
            bytes += length;
        }
        put(kind, document(series).append(field, taken));
    }

    private void put(String kind, Document content) {
        var list = pieces.getLast().get(kind, new ArrayList<Document>());
        list.add(content);
    }

    private static int length(Series series) {
        return OVERHEAD + length(series.meter().code()) + length(series.dimensionText());
    }

    private static int length(String text) {
        return text.length() * MAX_BYTES_PER_CHARACTER;
    }

    private static Document document(Series series) {
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
