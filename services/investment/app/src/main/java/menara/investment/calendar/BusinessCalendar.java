package menara.investment.calendar;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;

/**
 * The days on which banks pay: Monday to Friday, without holidays.
 *
 * @param zone where the days begin and end
 * @param everyYear holidays on the same day each year
 * @param once holidays of one year, as those that follow the moon
 */
public record BusinessCalendar(ZoneId zone, Set<MonthDay> everyYear, Set<LocalDate> once) {

    private static final Set<DayOfWeek> WEEKEND = EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

    public BusinessCalendar {
        everyYear = Set.copyOf(everyYear);
        once = Set.copyOf(once);
    }

    /** The day in the calendar's zone. */
    public LocalDate dayOf(Instant instant) {
        return LocalDate.ofInstant(instant, zone);
    }

    boolean isBusinessDay(LocalDate day) {
        return !WEEKEND.contains(day.getDayOfWeek()) && !everyYear.contains(MonthDay.from(day)) && !once.contains(day);
    }

    /** The day on which {@code businessDays} business days have passed, the first of them after {@code day}. */
    public LocalDate after(LocalDate day, int businessDays) {
        var date = day;
        for (int passed = 0; passed < businessDays; ) {
            date = date.plusDays(1);
            if (isBusinessDay(date)) {
                passed++;
            }
        }
        return date;
    }
}
