package menara.values;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/**
 * A half-open span of time: {@code from} is inside, {@code until} is not, so adjacent periods neither overlap nor leave a gap.
 *
 * @param from first instant inside
 * @param until first instant after
 */
public record Period(Instant from, Instant until) {

    public Period {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(until, "until");
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException(
                    "period must end after it begins: from %s until %s".formatted(from, until));
        }
    }

    public static Period between(Instant from, Instant until) {
        return new Period(from, until);
    }

    /** The calendar month as it is lived in {@code zone}: 743 or 745 hours where the clocks change. */
    public static Period month(YearMonth month, ZoneId zone) {
        return new Period(
                month.atDay(1).atStartOfDay(zone).toInstant(),
                month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant());
    }

    public boolean contains(Instant instant) {
        return !instant.isBefore(from) && instant.isBefore(until);
    }

    public boolean overlaps(Period other) {
        return from.isBefore(other.until) && other.from.isBefore(until);
    }

    public Optional<Period> intersection(Period other) {
        var latestFrom = from.isAfter(other.from) ? from : other.from;
        var earliestUntil = until.isBefore(other.until) ? until : other.until;
        return latestFrom.isBefore(earliestUntil)
                ? Optional.of(new Period(latestFrom, earliestUntil))
                : Optional.empty();
    }

    public Duration duration() {
        return Duration.between(from, until);
    }

    @Override
    public String toString() {
        return "[" + from + ", " + until + ")";
    }
}
