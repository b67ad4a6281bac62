package menara.investment.calendar;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.HashSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/**
 * Holidays as data: one a line, {@code 11-06,Green March} for every year or {@code 2027-03-10,Eid al-Fitr} for one. Lines that
 * begin with {@code #} and empty lines are skipped.
 */
final class HolidayFile {

    private static final String COMMENT = "#";

    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setCommentMarker(COMMENT.charAt(0))
            .setIgnoreEmptyLines(true)
            .setIgnoreSurroundingSpaces(true)
            .get();

    private static final int LENGTH_OF_MONTH_DAY = "11-06".length();

    private HolidayFile() {}

    /** @throws IllegalArgumentException naming the line that cannot be read: a calendar with a gap must not start */
    static BusinessCalendar read(ZoneId zone, String text) {
        var everyYear = new HashSet<MonthDay>();
        var once = new HashSet<LocalDate>();
        try (var parser = CSVParser.builder()
                .setReader(new StringReader(text))
                .setFormat(FORMAT)
                .get()) {
            for (var line : parser) {
                var day = line.get(0);
                if (day.isEmpty() || day.startsWith(COMMENT)) {
                    continue; // a line of blanks, or a comment that is indented
                }
                try {
                    if (day.length() == LENGTH_OF_MONTH_DAY) {
                        everyYear.add(MonthDay.parse("--" + day));
                    } else {
                        once.add(LocalDate.parse(day));
                    }
                } catch (DateTimeException e) {
                    throw new IllegalArgumentException(
                            "line %d of the holidays must begin with MM-DD or YYYY-MM-DD: %s"
                                    .formatted(parser.getCurrentLineNumber(), day),
                            e);
                }
            }
        } catch (IOException | UncheckedIOException e) { // of a quote that is not closed
            throw new IllegalArgumentException("the holidays cannot be read: " + e.getMessage(), e);
        }
        return new BusinessCalendar(zone, everyYear, once);
    }
}
