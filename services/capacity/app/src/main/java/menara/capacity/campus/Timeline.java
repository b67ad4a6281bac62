package menara.capacity.campus;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import menara.values.Period;
import menara.values.refusals.InvalidField;
import org.jspecify.annotations.Nullable;

/** The time that capacity is planned in: whole milliseconds within the life of the campus. */
public final class Timeline {

    /** Before the first machine. */
    public static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");

    /** After the last. */
    public static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

    private Timeline() {}

    /** Now, as finely as it is recorded. */
    public static Instant now(Clock clock) {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** An end as it is shown: null if it is {@link #LAST}, which means that it is not known. */
    public static @Nullable Instant known(Instant end) {
        return end.equals(LAST) ? null : end;
    }

    /** Whether {@code instant} is inside the timeline and no finer than a millisecond. */
    public static boolean holds(Instant instant) {
        return !instant.isBefore(FIRST)
                && !instant.isAfter(LAST)
                && instant.equals(instant.truncatedTo(ChronoUnit.MILLIS));
    }

    /** @throws InvalidField if {@code instant} is outside the timeline or finer than a millisecond */
    public static Instant checked(String field, Instant instant) {
        if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
            throw new InvalidField(field, "must be between %s and %s, was %s".formatted(FIRST, LAST, instant));
        }
        if (!instant.equals(instant.truncatedTo(ChronoUnit.MILLIS))) {
            throw new InvalidField(field, "must be whole milliseconds, was %s".formatted(instant));
        }
        return instant;
    }

    /** @throws InvalidField naming the end that is wrong */
    public static Period checked(String field, Period period) {
        checked(field + ".from", period.from());
        checked(field + ".until", period.until());
        return period;
    }
}
