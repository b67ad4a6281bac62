package menara.platform.web;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import menara.values.TypedId;
import org.jspecify.annotations.Nullable;

/** The expected form of a value, for a caller that gave another one. */
final class WantedForm {

    private static final String ID = "an id such as 019b7c3e-5a10-7000-8000-000000000001";

    private WantedForm() {}

    /** {@code "2026-13" cannot be used; give a month such as 2026-08}. */
    static String instead(@Nullable Object given, Class<?> wanted) {
        return "\"%s\" cannot be used; give %s".formatted(given, of(wanted));
    }

    static String of(Class<?> wanted) {
        if (wanted.isEnum()) {
            return "one of "
                    + Arrays.stream(wanted.getEnumConstants())
                            .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        }
        if (TypedId.class.isAssignableFrom(wanted)) {
            return TypedIdConverters.isName(wanted) ? "a valid name" : ID;
        }
        return switch (wanted.getSimpleName()) {
            case "YearMonth" -> "a month such as " + YearMonth.of(2026, 8);
            case "Year" -> "a year such as " + Year.of(2026);
            case "LocalDate" -> "a day such as " + LocalDate.of(2026, 8, 14);
            case "Instant" -> "an instant such as " + Instant.parse("2026-08-14T00:00:00Z");
            case "Duration" -> "a duration such as PT15M";
            case "ZoneId" -> "a time zone such as Africa/Casablanca";
            case "Currency" -> "a currency such as MAD";
            case "UUID" -> ID;
            case "int", "Integer", "long", "Long" -> "a whole number";
            case "double", "Double", "BigDecimal" -> "a number such as " + new BigDecimal("12.5");
            case "boolean", "Boolean" -> "true or false";
            case "URI" -> "a URI such as https://example.org/";
            default -> "a valid " + wanted.getSimpleName();
        };
    }
}
