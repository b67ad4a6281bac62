package menara.billing.metering.hours;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * The quantities of a series' hours, by the hour's start, in the meter's smallest parts. Immutable. A quantity has 128
 * bits: no number of events that fits into a database overflows it.
 */
public final class HourlyQuantities {

    public static final HourlyQuantities NONE = new HourlyQuantities(new long[0], new long[0], new long[0]);

    private static final long LOW_HALF = 0xFFFF_FFFFL;

    private final long[] starts;

    /** Quantities, two's complement: the upper 64 bits and the lower. */
    private final long[] high;

    private final long[] low;

    /** Receives the hours, in order. */
    @FunctionalInterface
    public interface Visitor {

        /**
         * @param start start of the hour, in seconds since 1970
         * @param parts its quantity
         */
        void visit(long start, BigInteger parts);
    }

    private HourlyQuantities(long[] starts, long[] high, long[] low) {
        this.starts = starts;
        this.high = high;
        this.low = low;
    }

    /**
     * @param starts starts of hours in seconds since 1970, ascending
     * @param parts as many quantities
     */
    public static HourlyQuantities of(long[] starts, long[] parts) {
        if (starts.length != parts.length) {
            throw new IllegalArgumentException("%d hours, %d quantities".formatted(starts.length, parts.length));
        }
        var high = new long[parts.length];
        for (int i = 0; i < high.length; i++) {
            high[i] = parts[i] >> 63;
        }
        return new HourlyQuantities(starts.clone(), high, parts.clone());
    }

    public static HourlyQuantities of(SortedMap<Instant, BigInteger> hours) {
        return new HourlyQuantities(
                hours.keySet().stream().mapToLong(Instant::getEpochSecond).toArray(),
                hours.values().stream()
                        .mapToLong(parts -> parts.shiftRight(Long.SIZE).longValueExact())
                        .toArray(),
                hours.values().stream().mapToLong(BigInteger::longValue).toArray());
    }

    public boolean isEmpty() {
        return starts.length == 0;
    }

    public int size() {
        return starts.length;
    }

    public void forEach(Visitor visitor) {
        for (int i = 0; i < starts.length; i++) {
            visitor.visit(starts[i], parts(i));
        }
    }

    /** Passes on the starts of the hours whose quantity is not 0, in seconds since 1970. */
    public void forEachUsed(LongConsumer visitor) {
        for (int i = 0; i < starts.length; i++) {
            if ((high[i] | low[i]) != 0) {
                visitor.accept(starts[i]);
            }
        }
    }

    private BigInteger parts(int i) {
        var lower = BigInteger.valueOf(low[i]);
        // The lower half is read as a signed number, so the upper half adds back what the sign took away.
        long upper = low[i] < 0 ? high[i] + 1 : high[i];
        return upper == 0
                ? lower
                : BigInteger.valueOf(upper).shiftLeft(Long.SIZE).add(lower);
    }

    /** What the hours from {@code from} (inclusive) until {@code until} (exclusive) come to, exactly. */
    public BigInteger sum(Instant from, Instant until) {
        int first = firstFrom(from);
        int end = firstFrom(until);
        // Pieces of the quantities are added on their own: none can overflow in any number of hours that fits into
        // memory.
        long upper = 0;
        long middle = 0;
        long lower = 0;
        for (int i = first; i < end; i++) {
            upper += high[i];
            middle += low[i] >>> 32;
            lower += low[i] & LOW_HALF;
        }
        return BigInteger.valueOf(upper)
                .shiftLeft(32)
                .add(BigInteger.valueOf(middle))
                .shiftLeft(32)
                .add(BigInteger.valueOf(lower));
    }

    /** The hours from {@code from} until {@code until}. */
    public HourlyQuantities within(Instant from, Instant until) {
        int first = firstFrom(from);
        int end = firstFrom(until);
        return new HourlyQuantities(
                Arrays.copyOfRange(starts, first, end),
                Arrays.copyOfRange(high, first, end),
                Arrays.copyOfRange(low, first, end));
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
        var mergedHigh = new long[mergedStarts.length];
        var mergedLow = new long[mergedStarts.length];
        int n = 0;
        int i = 0;
        int j = 0;
        while (i < size() || j < other.size()) {
            boolean mine = j == other.size() || (i < size() && starts[i] <= other.starts[j]);
            boolean theirs = i == size() || (j < other.size() && other.starts[j] <= starts[i]);
            long before = mine ? low[i] : 0;
            long sum = before + (theirs ? other.low[j] : 0);
            long carried = Long.compareUnsigned(sum, before) < 0 ? 1 : 0;
            mergedStarts[n] = mine ? starts[i] : other.starts[j];
            mergedHigh[n] = (mine ? high[i] : 0) + (theirs ? other.high[j] : 0) + carried;
            mergedLow[n++] = sum;
            i += mine ? 1 : 0;
            j += theirs ? 1 : 0;
        }
        return new HourlyQuantities(
                Arrays.copyOf(mergedStarts, n), Arrays.copyOf(mergedHigh, n), Arrays.copyOf(mergedLow, n));
    }

    public SortedMap<Instant, BigInteger> toMap() {
        var map = new TreeMap<Instant, BigInteger>();
        forEach((start, quantity) -> map.put(Instant.ofEpochSecond(start), quantity));
        return map;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HourlyQuantities hours
                && Arrays.equals(starts, hours.starts)
                && Arrays.equals(high, hours.high)
                && Arrays.equals(low, hours.low);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(starts) + Arrays.hashCode(low);
    }

    @Override
    public String toString() {
        return Map.copyOf(toMap()).toString();
    }
}
