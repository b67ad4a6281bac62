package menara.billing.metering.hours;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Quantities of hours while they are added up, exact however many there are: where a sum leaves the range of a long, the rest goes
 * into a further layer. An hour's quantity is the sum of its layers.
 */
final class HourSums {

    private final List<Map<Long, Long>> layers = new ArrayList<>();

    /** @param hour start of the hour in seconds since 1970 */
    void add(long hour, long quantity) {
        for (var layer : layers) {
            long before = layer.getOrDefault(hour, 0L);
            long sum = before + quantity;
            boolean overflows = ((before ^ sum) & (quantity ^ sum)) < 0;
            if (!overflows) {
                layer.put(hour, sum);
                return;
            }
        }
        layers.add(new HashMap<>());
        layers.getLast().put(hour, quantity);
    }

    /** Quantity by start of the hour; nearly always one. */
    List<SortedMap<Long, Long>> layers() {
        return layers.stream().<SortedMap<Long, Long>>map(TreeMap::new).toList();
    }

    HourlyQuantities quantities() {
        var sum = HourlyQuantities.NONE;
        for (var layer : layers()) {
            sum = sum.plus(HourlyQuantities.of(
                    layer.keySet().stream().mapToLong(Long::longValue).toArray(),
                    layer.values().stream().mapToLong(Long::longValue).toArray()));
        }
        return sum;
    }
}
