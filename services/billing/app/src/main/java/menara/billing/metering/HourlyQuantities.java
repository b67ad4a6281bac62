package menara.billing.metering;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The quantities of a series' hours, by the hour's start, in the meter's smallest parts. Never changed once made. */
public final class HourlyQuantities {

    public static final HourlyQuantities NONE = new HourlyQuantities(new long[0], new long[0]);

    private static final long LOW_HALF = 0xFFFF_FFFFL;

    private final long[] starts;
    private final long[] parts;

    /** Receives the hours, in order. */
    @FunctionalInterface
    public interface Visitor {

        /**
         * @param start start of the hour, in seconds since 1970
         * @param parts its quantity
         */
        void visit(long start, long parts);
    }

    private HourlyQuantities(long[] starts, long[] parts) {
        this.starts = starts;
        this.parts = parts;
    }

    /**
     * @param starts starts of hours in seconds since 1970, ascending
     * @param parts as many quantities
     */
    public static HourlyQuantities of(long[] starts, long[] parts) {
        if (starts.length != parts.length) {
            throw new IllegalArgumentException("%d hours, %d quantities".formatted(starts.length, parts.length));
        }
        return new HourlyQuantities(starts.clone(), parts.clone());
    }

    public static HourlyQuantities of(SortedMap<Instant, BigInteger> hours) {
        return new HourlyQuantities(
                hours.keySet().stream().mapToLong(Instant::getEpochSecond).toArray(),
                hours.values().stream().mapToLong(BigInteger::longValueExact).toArray());
    }

    public boolean isEmpty() {
        return starts.length == 0;
    }

    public int size() {
        return starts.length;
    }

    public void forEach(Visitor visitor) {
        for (int i = 0; i < starts.length; i++) {
            visitor.visit(starts[i], parts[i]);
        }
    }

    /** What the hours from {@code from} (inclusive) until {@code until} (exclusive) come to, exactly. */
    public BigInteger sum(Instant from, Instant until) {
        int first = firstFrom(from);
        int end = firstFrom(until);
        // Halves are added on their own: neither can overflow in any number of hours that fits into memory.
        long high = 0;
        long low = 0;
        for (int i = first; i < end; i++) {
            high += parts[i] >> 32;
            low += parts[i] & LOW_HALF;
        }
        return BigInteger.valueOf(high).shiftLeft(32).add(BigInteger.valueOf(low));
    }

    /** The hours from {@code from} until {@code until}. */
    public HourlyQuantities within(Instant from, Instant until) {
        int first = firstFrom(from);
        int end = firstFrom(until);
        return new HourlyQuantities(Arrays.copyOfRange(starts, first, end), Arrays.copyOfRange(parts, first, end));
    }

    private int firstFrom(Instant instant) {
        long wanted = instant.getNano() == 0 ? instant.getEpochSecond() : instant.getEpochSecond() + 1;
        int found = Arrays.binarySearch(starts, wanted);
        return found >= 0 ? found : -found - 1;
    }

    /** Both together, hour by hour. */
    public HourlyQuantities plus(HourlyQuantities other) {
        if (isEmpty()) {
            return other;
        }
        if (other.isEmpty()) {
            return this;
        }
        var mergedStarts = new long[size() + other.size()];
        var mergedParts = new long[mergedStarts.length];
        int n = 0;
        int i = 0;
        int j = 0;
        while (i < size() || j < other.size()) {
            boolean mine = j == other.size() || (i < size() && starts[i] <= other.starts[j]);
            boolean both = mine && j < other.size() && starts[i] == other.starts[j];
            mergedStarts[n] = mine ? starts[i] : other.starts[j];
            mergedParts[n++] =
                    both ? Math.addExact(parts[i++], other.parts[j++]) : mine ? parts[i++] : other.parts[j++];
        }
        return new HourlyQuantities(Arrays.copyOf(mergedStarts, n), Arrays.copyOf(mergedParts, n));
    }

    public SortedMap<Instant, BigInteger> toMap() {
        var map = new TreeMap<Instant, BigInteger>();
        forEach((start, quantity) -> map.put(Instant.ofEpochSecond(start), BigInteger.valueOf(quantity)));
        return map;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HourlyQuantities hours
                && Arrays.equals(starts, hours.starts)
                && Arrays.equals(parts, hours.parts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(starts) + Arrays.hashCode(parts);
    }

    @Override
    public String toString() {
        return Map.copyOf(toMap()).toString();
    }
}
