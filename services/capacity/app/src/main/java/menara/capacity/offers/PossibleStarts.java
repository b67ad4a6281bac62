package menara.capacity.offers;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Rack;
import menara.values.Period;

/**
 * When a reservation of a given length could begin, considering racks only: how many of the wanted ones are free for all of it. Built once,
 * it answers for an instant in O(log periods), so that placement is tried only where it has a chance.
 */
final class PossibleStarts {

    /** First and last possible start of each gap of each rack, in milliseconds, each in order. */
    private final long[] first;

    private final long[] last;

    private PossibleStarts(long[] first, long[] last) {
        this.first = first;
        this.last = last;
    }

    // Loops instead of streams here and below: a year of the whole campus is a hundred thousand periods.

    static PossibleStarts of(List<Rack> racks, Duration length) {
        int gaps = 0;
        for (Rack rack : racks) {
            gaps += rack.taken().periods().size() + 1;
        }
        var first = new long[gaps];
        var last = new long[gaps];
        int found = 0;
        for (Rack rack : racks) {
            long free = Long.MIN_VALUE;
            for (Period period : rack.taken().periods()) {
                long latest = period.from().toEpochMilli() - length.toMillis();
                if (free <= latest) {
                    first[found] = free;
                    last[found++] = latest;
                }
                free = period.until().toEpochMilli();
            }
            first[found] = free;
            last[found++] = Long.MAX_VALUE;
        }
        return new PossibleStarts(sorted(first, found), sorted(last, found));
    }

    private static long[] sorted(long[] values, int count) {
        var kept = Arrays.copyOf(values, count);
        Arrays.sort(kept);
        return kept;
    }

    /** How many racks are free for the whole length from {@code millis} on. */
    int free(long millis) {
        return countBelow(first, millis + 1) - countBelow(last, millis);
    }

    private static int countBelow(long[] sorted, long bound) {
        int index = Arrays.binarySearch(sorted, bound);
        if (index < 0) {
            return -index - 1;
        }
        while (index > 0 && sorted[index - 1] == bound) {
            index--;
        }
        return index;
    }

    /**
     * Instants at which racks or power become free: the next start that fits is one of them.
     *
     * @return milliseconds in order, after {@code from} and not after {@code until}
     */
    static long[] freeings(Campus campus, Instant from, Instant until) {
        var found = LongStream.builder();
        for (var hall : campus.halls().values()) {
            for (Rack rack : hall.racks()) {
                for (Period period : rack.taken().periods()) {
                    found.add(period.until().toEpochMilli());
                }
            }
        }
        for (var phase : campus.phases().values()) {
            phase.releases().forEach(release -> found.add(release.effectiveAt().toEpochMilli()));
        }
        return inOrder(found.build().filter(at -> at > from.toEpochMilli() && at <= until.toEpochMilli()));
    }

    /**
     * Instants at which racks or power are taken: the last start that fits before them ends at one of them.
     *
     * @return milliseconds in order, not before {@code from} and before {@code until}
     */
    static long[] takings(Campus campus, Instant from, Instant until) {
        var found = LongStream.builder();
        for (var hall : campus.halls().values()) {
            for (Rack rack : hall.racks()) {
                for (Period period : rack.taken().periods()) {
                    found.add(period.from().toEpochMilli());
                }
            }
        }
        return inOrder(found.build().filter(at -> at >= from.toEpochMilli() && at < until.toEpochMilli()));
    }

    /** Each once. {@link LongStream#distinct} would box them all. */
    private static long[] inOrder(LongStream instants) {
        var sorted = instants.sorted().toArray();
        int kept = 0;
        for (long instant : sorted) {
            if (kept == 0 || instant != sorted[kept - 1]) {
                sorted[kept++] = instant;
            }
        }
        return Arrays.copyOf(sorted, kept);
    }
}
