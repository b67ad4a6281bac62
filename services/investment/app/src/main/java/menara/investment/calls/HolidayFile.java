package menara.investment.calls;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.HashSet;

/**
 * Holidays as data: one a line, {@code 11-06,Green March} for every year or {@code 2027-03-10,Eid al-Fitr} for one. Lines that
 * begin with {@code #} and empty lines say nothing.
 */
final class HolidayFile {

    private static final int LENGTH_OF_MONTH_DAY = "11-06".length();

    private HolidayFile() {}

    /** @throws IllegalArgumentException naming the line that cannot be read: a calendar with a gap must not start */
    static BusinessCalendar read(ZoneId zone, String text) {
        var everyYear = new HashSet<MonthDay>();
        var once = new HashSet<LocalDate>();
        var lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int comma = line.indexOf(',');
            var day = (comma < 0 ? line : line.substring(0, comma)).strip();
            try {
                if (day.length() == LENGTH_OF_MONTH_DAY) {
                    everyYear.add(MonthDay.parse("--" + day));
                } else {
                    once.add(LocalDate.parse(day));
                }
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(
                        "line %d of the holidays must begin with MM-DD or YYYY-MM-DD: %s".formatted(i + 1, line), e);
            }
        }
        return new BusinessCalendar(zone, everyYear, once);
    }
}
