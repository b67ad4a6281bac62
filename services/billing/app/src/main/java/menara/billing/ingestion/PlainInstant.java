package menara.billing.ingestion;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Instants as producers nearly always write them, {@code 2026-03-01T08:00:00Z}, without a formatter, which would cost more than the rest of
 * reading an event.
 */
final class PlainInstant {

    private static final String SHAPE = "0000-00-00T00:00:00Z";
    private static final int HOURS = 24;
    private static final int SIXTY = 60;

    private PlainInstant() {}

    /** @throws DateTimeException as {@link Instant#parse} does */
    static Instant parse(String text) {
        if (!isPlain(text)) {
            return Instant.parse(text);
        }
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if (hour >= HOURS || minute >= SIXTY || second >= SIXTY) {
            return Instant.parse(text); // midnight as 24, or a leap second
        }
        long day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                .toEpochDay();
        return Instant.ofEpochSecond(((day * HOURS + hour) * SIXTY + minute) * SIXTY + second);
    }

    private static boolean isPlain(String text) {
        if (text.length() != SHAPE.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char wanted = SHAPE.charAt(i);
            char found = text.charAt(i);
            if (wanted == '0' ? found < '0' || found > '9' : found != wanted) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int from, int until) {
        int number = 0;
        for (int i = from; i < until; i++) {
            number = 10 * number + text.charAt(i) - '0';
        }
        return number;
    }
}
