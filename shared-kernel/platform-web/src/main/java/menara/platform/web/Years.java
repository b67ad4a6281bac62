package menara.platform.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.function.UnaryOperator;
import org.springframework.format.FormatterRegistry;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.ext.javatime.deser.InstantDeserializer;
import tools.jackson.databind.ext.javatime.deser.LocalDateDeserializer;
import tools.jackson.databind.ext.javatime.deser.YearMonthDeserializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * The years in which instants, days and months of requests must lie. A year outside is a typing error; time zones have no rules for it, and
 * the database cannot store it.
 */
final class Years {

    static final int FIRST = 2000;
    static final int LAST = 2199;

    private static final String RULE = "must lie in the years %d to %d".formatted(FIRST, LAST);

    private Years() {}

    /** An instant, a day or a month of another year. The message is the rule. */
    static final class OutsideYears extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        OutsideYears() {
            super(RULE);
        }
    }

    /** @throws OutsideYears if it is in another year, in UTC */
    static Instant held(Instant instant) {
        hold(instant.atOffset(ZoneOffset.UTC).getYear());
        return instant;
    }

    /** @throws OutsideYears if it is in another year */
    static LocalDate held(LocalDate day) {
        hold(day.getYear());
        return day;
    }

    /** @throws OutsideYears if it is in another year */
    static YearMonth held(YearMonth month) {
        hold(month.getYear());
        return month;
    }

    private static void hold(int year) {
        if (year < FIRST || year > LAST) {
            throw new OutsideYears();
        }
    }

    /** For paths and queries. */
    static void register(FormatterRegistry registry) {
        registry.addConverter(String.class, Instant.class, text -> held(Instant.parse(text)));
        registry.addConverter(String.class, LocalDate.class, text -> held(LocalDate.parse(text)));
        registry.addConverter(String.class, YearMonth.class, text -> held(YearMonth.parse(text)));
    }

    /** For bodies. */
    static void register(SimpleModule module) {
        module.addDeserializer(Instant.class, new InYears<>(Instant.class, InstantDeserializer.INSTANT, Years::held))
                .addDeserializer(
                        LocalDate.class, new InYears<>(LocalDate.class, LocalDateDeserializer.INSTANCE, Years::held))
                .addDeserializer(
                        YearMonth.class, new InYears<>(YearMonth.class, YearMonthDeserializer.INSTANCE, Years::held));
    }

    /** For data stored before this rule existed. */
    static void lift(SimpleModule module) {
        module.addDeserializer(Instant.class, InstantDeserializer.INSTANT)
                .addDeserializer(LocalDate.class, LocalDateDeserializer.INSTANCE)
                .addDeserializer(YearMonth.class, YearMonthDeserializer.INSTANCE);
    }

    private static final class InYears<T> extends StdDeserializer<T> {

        private final ValueDeserializer<T> reader;
        private final UnaryOperator<T> held;

        InYears(Class<T> type, ValueDeserializer<T> reader, UnaryOperator<T> held) {
            super(type);
            this.reader = reader;
            this.held = held;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) {
            T value = reader.deserialize(in, context);
            try {
                return held.apply(value);
            } catch (OutsideYears _) {
                return context.reportInputMismatch(this, RULE);
            }
        }
    }
}
