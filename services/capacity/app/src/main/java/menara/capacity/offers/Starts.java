package menara.capacity.offers;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Occupancy;
import menara.capacity.campus.Rack;
import menara.values.Period;

/**
 * When a reservation of a given length could begin, as far as racks are concerned: how many of the wanted ones are free for all of
 * it. Built once, it answers for an instant in O(log periods), so that placement is tried only where it has a chance.
 */
final class Starts {

    /** First and last possible start of each gap of each rack, in milliseconds, each in order. */
    private final long[] first;

    private final long[] last;

    private Starts(long[] first, long[] last) {
        this.first = first;
        this.last = last;
    }

    static Starts of(List<Rack> racks, Duration length) {
        long millis = length.toMillis();
        var gaps = racks.stream().flatMap(rack -> gaps(rack.taken(), millis)).toList();
        var first = gaps.stream().mapToLong(gap -> gap[0]).sorted().toArray();
        var last = gaps.stream().mapToLong(gap -> gap[1]).sorted().toArray();
        return new Starts(first, last);
    }

    /** Each gap as the first and the last start of something {@code millis} long that fits into it. */
    private static Stream<long[]> gaps(Occupancy taken, long millis) {
        var found = Stream.<long[]>builder();
        long free = Long.MIN_VALUE;
        for (Period period : taken.periods()) {
            long latest = period.from().toEpochMilli() - millis;
            if (free <= latest) {
                found.add(new long[] {free, latest});
            }
            free = period.until().toEpochMilli();
        }
        found.add(new long[] {free, Long.MAX_VALUE});
        return found.build();
    }

    /** How many racks are free for the whole length from {@code start} on. */
    int free(Instant start) {
        long millis = start.toEpochMilli();
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

    /** Instants at which something becomes free, racks or power: the first start that fits after another is one of them. */
    static List<Instant> freeings(Campus campus) {
        var racks =
                racks(campus).flatMap(rack -> rack.taken().periods().stream()).map(Period::until);
        var power = campus.phases().values().stream()
                .flatMap(phase -> phase.releases().stream())
                .map(release -> release.effectiveAt());
        return Stream.concat(racks, power).distinct().sorted().toList();
    }

    /** Instants at which something is taken: the last start that fits before another ends at one of them. */
    static List<Instant> takings(Campus campus) {
        return racks(campus)
                .flatMap(rack -> rack.taken().periods().stream())
                .map(Period::from)
                .distinct()
                .sorted()
                .toList();
    }

    private static Stream<Rack> racks(Campus campus) {
        return campus.halls().values().stream().flatMap(hall -> hall.racks().stream());
    }
}
