package menara.testkit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import menara.values.Energy;
import menara.values.Money;
import menara.values.Power;
import menara.values.TypedId;

/** Requests as a client writes them that knows the form, with now and then something in them that nobody would write on purpose. */
final class OddValues {

    private static final int DEEP = 2_000;
    private static final int LONG = 5_000;

    /** Instants, days and months that can be written and have no place in any calendar of ours. */
    private static final List<String> FAR_OFF = List.of(
            "+1000000000-12-31T23:59:59.999999999Z",
            "-1000000000-01-01T00:00:00Z",
            "+292278995-01-01T00:00:00Z",
            "+999999999-12-31",
            "-999999999-01-01",
            "+999999999-12",
            "-999999999-01",
            "9999-12",
            "0000-01");

    /** JSON. */
    private static final List<String> ODD = List.of(
            "null",
            "true",
            "0",
            "-1",
            "0.1",
            "2147483648",
            "9223372036854775807",
            "-9223372036854775808",
            "9223372036854775808",
            "1e400",
            "1e-400",
            "1E+1000000000",
            "-0",
            "[]",
            "{}",
            "[null]",
            "[[]]",
            "[{}]",
            "{\"value\":1}",
            "{\"value\":1e19,\"unit\":\"MW\"}",
            "{\"value\":9223372036854775807,\"unit\":\"W\"}",
            "{\"amount\":\"99999999999999999999.99\",\"currency\":\"MAD\"}",
            "{\"amount\":\"NaN\",\"currency\":\"XXX\"}",
            "{\"from\":\"-1000000000-01-01T00:00:00Z\",\"until\":\"+1000000000-12-31T23:59:59.999999999Z\"}",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\u202e\"",
            "\"\\ud83d\\udea8\"",
            "\"=1+1\"",
            "\"../..\"",
            "\"$where\"",
            "\"a.b\"",
            "\"XXX\"",
            "\"NaN\"",
            "\"+1000000000-12-31T23:59:59.999999999Z\"",
            "\"-1000000000-01-01T00:00:00Z\"",
            "\"0000-01-01T00:00:00Z\"",
            "\"2026-02-30T00:00:00Z\"",
            "\"2026-05-01T00:00:00.123456789Z\"",
            "\"9999-12-31T23:59:59Z\"",
            "\"+999999999-12-31\"",
            "\"-999999999-01-01\"",
            "\"+999999999-12\"",
            "\"9999-12\"",
            "\"0000-01\"",
            "\"2026-13\"",
            "\"00000000-0000-0000-0000-000000000000\"",
            "\"99999999999999999999999999999999999999\"",
            "\"" + "a".repeat(LONG) + "\"",
            "\"" + "9".repeat(LONG) + "\"",
            "9".repeat(LONG),
            "[".repeat(DEEP) + "]".repeat(DEEP),
            "{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP));

    /** Whole bodies that are none. */
    private static final List<String> NO_BODIES =
            List.of("", " ", "{", "[", "null", "1", "\"x\"", "[]", "{}}", "{\"\":1}", "\uFEFF{}");

    private final SplittableRandom random;
    private final List<String> names;

    /** @param names of things that are there */
    OddValues(SplittableRandom random, List<String> names) {
        this.random = random;
        this.names = names;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    String body(Type type) {
        return random.nextInt(12) == 0 ? one(NO_BODIES) : json(type);
    }

    /** A text for a path or a query; empty for none. */
    String text(Type type) {
        var json = json(type);
        return json.startsWith("\"") ? json.substring(1, json.length() - 1) : json;
    }

    String json(Type type) {
        if (random.nextInt(10) == 0) {
            return one(ODD);
        }
        if (type instanceof ParameterizedType generic) {
            return generic(generic);
        }
        return type instanceof Class<?> plain ? plain(plain) : one(ODD);
    }

    private String generic(ParameterizedType type) {
        var inner = type.getActualTypeArguments();
        var raw = (Class<?>) type.getRawType();
        if (raw == Optional.class) {
            return json(inner[0]);
        }
        if (Collection.class.isAssignableFrom(raw)) {
            return IntStream.range(0, random.nextInt(3))
                    .mapToObj(_ -> json(inner[0]))
                    .collect(Collectors.joining(",", "[", "]"));
        }
        return Map.class.isAssignableFrom(raw) ? "{%s:%s}".formatted(quoted(name()), json(inner[1])) : plain(raw);
    }

    private String plain(Class<?> type) {
        if (TypedId.class.isAssignableFrom(type)) {
            boolean made = Arrays.stream(type.getRecordComponents()).anyMatch(part -> part.getType() == UUID.class);
            return quoted(made ? uuid() : name());
        }
        if (type.isEnum()) {
            return quoted(constant(type));
        }
        if (type == Power.class) {
            return "{\"value\":%s,\"unit\":\"%s\"}".formatted(number(), one(List.of("W", "kW", "MW")));
        }
        if (type == Energy.class) {
            return "{\"value\":%s,\"unit\":\"%s\"}".formatted(number(), one(List.of("Wh", "kWh", "MWh")));
        }
        if (type == Money.class) {
            return "{\"amount\":\"%s.00\",\"currency\":\"%s\"}".formatted(number(), one(List.of("MAD", "EUR", "KRW")));
        }
        if (type.isRecord()) {
            return object(type);
        }
        if (type.isSealed()) {
            return json(one(List.of(type.getPermittedSubclasses())));
        }
        if (type == boolean.class || type == Boolean.class) {
            return Boolean.toString(random.nextBoolean());
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return type == BigDecimal.class && random.nextBoolean() ? quoted(number()) : number();
        }
        return quoted(words(type));
    }

    private String words(Class<?> type) {
        if (random.nextInt(40) == 0) {
            return one(FAR_OFF);
        }
        if (type == Instant.class) {
            return "20%02d-0%d-01T00:00:00Z".formatted(20 + random.nextInt(15), 1 + random.nextInt(9));
        }
        if (type == LocalDate.class) {
            return "2026-0%d-15".formatted(1 + random.nextInt(9));
        }
        if (type == YearMonth.class) {
            return "2026-0%d".formatted(1 + random.nextInt(9));
        }
        if (type == UUID.class) {
            return uuid();
        }
        if (type == Currency.class) {
            return one(List.of("MAD", "EUR", "USD", "KRW"));
        }
        return ZoneId.class.isAssignableFrom(type) ? one(List.of("UTC", "Africa/Casablanca")) : name();
    }

    private String object(Class<?> type) {
        var fields = new ArrayList<String>();
        for (var component : type.getRecordComponents()) {
            if (random.nextInt(15) > 0) {
                fields.add(quoted(component.getName()) + ":" + json(component.getGenericType()));
            }
        }
        if (random.nextInt(15) == 0) {
            fields.add("\"nobody-knows-this\":" + one(ODD));
        }
        if (random.nextInt(25) == 0 && !fields.isEmpty()) {
            fields.add(fields.getFirst());
        }
        Collections.rotate(fields, random.nextInt(3));
        return fields.stream().collect(Collectors.joining(",", "{", "}"));
    }

    private static String constant(Class<?> type, Object constant) {
        try {
            var property = type.getField(((Enum<?>) constant).name()).getAnnotation(JsonProperty.class);
            return property == null ? constant.toString() : property.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("an enum has a field for each constant", e);
        }
    }

    private String constant(Class<?> type) {
        var shown = constant(type, one(List.of(type.getEnumConstants())));
        return random.nextInt(8) == 0 ? shown.toLowerCase(Locale.ROOT) : shown;
    }

    private String number() {
        return one(List.of("1", "2", "3", "72", "132", "99.9"));
    }

    private String uuid() {
        var made = names.stream().filter(name -> name.length() == 36).toList();
        return made.isEmpty() || random.nextInt(3) == 0
                ? new UUID(random.nextLong(), random.nextLong()).toString()
                : one(made);
    }

    private String name() {
        return names.isEmpty() || random.nextInt(6) == 0 ? "name-" + random.nextInt(5) : one(names);
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
