package menara.capacity.forecast;

import java.time.Instant;
import java.util.Arrays;
import menara.capacity.campus.Timeline;

/** Adds up power over time from periods in any order. */
final class Curve {

    /** Bits of a key that hold the number of the step; the rest is its time, so that keys sort by time without an object for each. */
    private static final int NUMBER_BITS = 21;

    private static final long ORIGIN = Timeline.FIRST.toEpochMilli();

    private long[] keys = new long[1_024];
    private long[] watts = new long[1_024];
    private int size;

    /** Half-open, within the timeline. */
    void add(Instant from, Instant until, long power) {
        step(from, power);
        step(until, -power);
    }

    private void step(Instant at, long change) {
        if (size == 1 << NUMBER_BITS) {
            throw new IllegalStateException("more than a million commitments");
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            watts = Arrays.copyOf(watts, 2 * size);
        }
        keys[size] = (at.toEpochMilli() - ORIGIN) << NUMBER_BITS | size;
        watts[size] = change;
        size++;
    }

    /**
     * @param borders instants in order, one more than there are spans between them
     * @return the highest level within each span
     */
    long[] peaks(Instant[] borders) {
        var sorted = Arrays.copyOf(keys, size);
        Arrays.sort(sorted);
        var peaks = new long[borders.length - 1];
        long level = 0;
        int next = 0;
        for (int i = 0; i < peaks.length; i++) {
            long begin = borders[i].toEpochMilli() - ORIGIN;
            long end = borders[i + 1].toEpochMilli() - ORIGIN;
            for (; next < size && time(sorted[next]) <= begin; next++) {
                level += change(sorted[next]);
            }
            long peak = level;
            while (next < size && time(sorted[next]) < end) {
                // A period that ends and one that begins at the same instant do not overlap.
                long now = time(sorted[next]);
                for (; next < size && time(sorted[next]) == now; next++) {
                    level += change(sorted[next]);
                }
                peak = Math.max(peak, level);
            }
            peaks[i] = peak;
        }
        return peaks;
    }

    private static long time(long key) {
        return key >> NUMBER_BITS;
    }

    private long change(long key) {
        return watts[(int) (key & ((1 << NUMBER_BITS) - 1))];
    }
}
