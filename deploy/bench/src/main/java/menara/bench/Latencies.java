package menara.bench;

import java.util.Arrays;

/** Durations in nanoseconds, asked for their percentiles. Not thread-safe. */
public final class Latencies {

    private static final double NANOS_PER_MILLI = 1e6;

    private long[] nanos = new long[1_024];
    private int count;

    public void add(long duration) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = duration;
    }

    public int count() {
        return count;
    }

    /**
     * The smallest measured value that at least {@code percent} of all values do not exceed (nearest rank), in milliseconds.
     *
     * @param percent over 0, at most 100
     */
    public double millis(double percent) {
        if (count == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        if (!(percent > 0 && percent <= 100)) {
            throw new IllegalArgumentException("no percentage: " + percent);
        }
        var sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(percent * count / 100) - 1] / NANOS_PER_MILLI;
    }
}
