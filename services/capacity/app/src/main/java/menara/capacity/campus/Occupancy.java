package menara.capacity.campus;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import menara.values.Period;

/**
 * When one rack is committed: periods in order of time that do not overlap, because a rack serves one reservation at a time.
 *
 * @param periods in order of time
 */
public record Occupancy(List<Period> periods) {

    public Occupancy {
        periods = List.copyOf(periods);
    }

    static final Occupancy FREE = new Occupancy(List.of());

    public boolean isFree(Period wanted) {
        return firstIn(wanted).isEmpty();
    }

    /** The first commitment that overlaps {@code wanted}. */
    public Optional<Period> firstIn(Period wanted) {
        int next = firstEndingAfter(wanted.from());
        return next < periods.size() && periods.get(next).from().isBefore(wanted.until())
                ? Optional.of(periods.get(next))
                : Optional.empty();
    }

    Occupancy plus(Period period) {
        var more = new ArrayList<>(periods);
        more.add(firstEndingAfter(period.from()), period);
        return new Occupancy(more);
    }

    /** The commitment of {@code period} ended early at {@code endedAt}; nothing changes if there is no such commitment. */
    Occupancy endedAt(Period period, Instant endedAt) {
        int index = periods.indexOf(period);
        if (index < 0 || !endedAt.isBefore(period.until())) {
            return this;
        }
        var fewer = new ArrayList<>(periods);
        if (endedAt.isAfter(period.from())) {
            fewer.set(index, new Period(period.from(), endedAt));
        } else {
            fewer.remove(index);
        }
        return new Occupancy(fewer);
    }

    /** The commitment that ends with {@code rest} ends where it begins; nothing changes if there is no such commitment. */
    Occupancy cutAt(Period rest) {
        return periods.stream()
                .filter(period ->
                        period.until().equals(rest.until()) && !period.from().isAfter(rest.from()))
                .findFirst()
                .map(period -> endedAt(period, rest.from()))
                .orElse(this);
    }

    /** Index of the first period that ends after {@code instant}: the ends are in order as well, so a binary search finds it. */
    private int firstEndingAfter(Instant instant) {
        int low = 0;
        int high = periods.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (periods.get(middle).until().isAfter(instant)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
