package menara.billing.metering.hours;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import menara.values.Period;

/**
 * The hours as a wall clock in a time zone shows them. Every instant lies in exactly one window; a day has 23, 24 or 25 of them,
 * and where a zone shifts by half an hour a window is shorter or longer than an hour.
 */
public final class HourWindows {

    private static final Duration HOUR = Duration.ofHours(1);

    private HourWindows() {}

    /** Receives the windows of a period, in order. */
    @FunctionalInterface
    public interface Visitor {

        /**
         * @param hour start of the window
         * @param millis how much of the period lies in it, in milliseconds, above 0
         */
        void visit(Instant hour, long millis);
    }

    /** Start of the window in which {@code instant} lies. */
    public static Instant startOf(Instant instant, ZoneId zone) {
        // Truncating a zoned time keeps its offset, so the second 02:30 of an autumn night finds the second 02:00.
        return instant.atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant();
    }

    /** Start of the window that follows the one beginning at {@code start}. */
    public static Instant next(Instant start, ZoneId zone) {
        var candidate = startOf(start.plus(HOUR), zone);
        // A clock set back by half an hour shows the same hour for ninety minutes.
        return candidate.isAfter(start) ? candidate : startOf(start.plus(HOUR).plus(HOUR), zone);
    }

    /** The first window that begins at {@code instant} or later. */
    public static Instant firstFrom(Instant instant, ZoneId zone) {
        var start = startOf(instant, zone);
        return start.equals(instant) ? start : next(start, zone);
    }

    /** The calendar month to which a window belongs. */
    public static YearMonth monthOf(Instant hour, ZoneId zone) {
        return YearMonth.from(hour.atZone(zone));
    }

    /** Cuts a period of whole milliseconds into the windows it touches. The parts sum to the period. */
    public static void split(Period period, ZoneId zone, Visitor visitor) {
        var hour = startOf(period.from(), zone);
        var from = period.from();
        while (from.isBefore(period.until())) {
            var next = next(hour, zone);
            var until = next.isBefore(period.until()) ? next : period.until();
            visitor.visit(hour, until.toEpochMilli() - from.toEpochMilli());
            from = until;
            hour = next;
        }
    }
}
