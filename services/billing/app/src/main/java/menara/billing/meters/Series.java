package menara.billing.meters;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is counted on its own: a meter and the dimension values that tell one kind of its usage from another.
 *
 * @param meter what is counted
 * @param dimensions values by name, may be empty
 */
public record Series(Meter meter, SortedMap<String, String> dimensions) implements Comparable<Series> {

    private static final Comparator<Series> ORDER =
            Comparator.comparing((Series series) -> series.meter().code()).thenComparing(Series::dimensionText);

    public Series {
        dimensions = Collections.unmodifiableSortedMap(new TreeMap<>(dimensions));
    }

    public static Series of(Meter meter) {
        return new Series(meter, Collections.emptySortedMap());
    }

    /** {@code model=h100;region=ma} */
    public String dimensionText() {
        if (dimensions.isEmpty()) {
            return ""; // nearly always, and asked for several times an event
        }
        return dimensions.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(";"));
    }

    /** Reads {@link #dimensionText()}; neither names nor values hold {@code =} or {@code ;}. */
    public static Series of(Meter meter, String dimensionText) {
        if (dimensionText.isEmpty()) {
            return of(meter);
        }
        Map<String, String> dimensions = new TreeMap<>();
        for (var part : dimensionText.split(";")) {
            int at = part.indexOf('=');
            dimensions.put(part.substring(0, at), part.substring(at + 1));
        }
        return new Series(meter, new TreeMap<>(dimensions));
    }

    @Override
    public int compareTo(Series other) {
        return ORDER.compare(this, other);
    }
}
