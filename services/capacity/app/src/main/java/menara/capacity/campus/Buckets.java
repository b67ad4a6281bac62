package menara.capacity.campus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A map by name. Immutable; a change copies the small buckets it touches, so a map of tens of thousands is changed quickly.
 *
 * @param <V> the values
 */
public record Buckets<V>(List<Map<String, V>> buckets) {

    /** A power of two. About twenty-five nodes of the complete campus in each. */
    private static final int BUCKETS = 256;

    public static <V> Buckets<V> empty() {
        return new Buckets<>(Stream.generate(Map::<String, V>of).limit(BUCKETS).toList());
    }

    public @Nullable V get(String name) {
        return buckets.get(bucket(name)).get(name);
    }

    /** All values, in no order. */
    public Stream<V> values() {
        return buckets.stream().flatMap(bucket -> bucket.values().stream());
    }

    public boolean isEmpty() {
        return buckets.stream().allMatch(Map::isEmpty);
    }

    public Buckets<V> plus(String name, V value) {
        return changed(Map.of(name, value), (_, added) -> added);
    }

    /**
     * Changes the values of some names.
     *
     * @param change from the present value, null if there is none, to the new one, null to remove it
     */
    public <T> Buckets<V> changed(Map<String, T> by, BiFunction<@Nullable V, T, @Nullable V> change) {
        if (by.isEmpty()) {
            return this;
        }
        var copies = new ArrayList<>(buckets);
        by.forEach((name, amount) -> {
            int index = bucket(name);
            var bucket = new HashMap<>(copies.get(index));
            var value = change.apply(bucket.get(name), amount);
            if (value == null) {
                bucket.remove(name);
            } else {
                bucket.put(name, value);
            }
            copies.set(index, bucket);
        });
        return new Buckets<>(Collections.unmodifiableList(copies));
    }

    private static int bucket(String name) {
        int hash = name.hashCode();
        return (hash ^ (hash >>> 16)) & (BUCKETS - 1);
    }
}
