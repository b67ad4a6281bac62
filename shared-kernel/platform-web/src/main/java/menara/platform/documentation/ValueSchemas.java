package menara.platform.documentation;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.ParameterizedType;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import menara.values.Energy;
import menara.values.Money;
import menara.values.Power;
import menara.values.TypedId;
import org.jspecify.annotations.Nullable;

/**
 * Schemas of the types that {@code ValuesJacksonModule} writes: bare ids, quantities with their unit. Other types are left to
 * {@link RecordSchemas} and {@link FamilySchemas}.
 */
final class ValueSchemas implements ModelConverter {

    static final String DECIMAL = "^-?\\d+(\\.\\d+)?$";

    private final SchemaNames names = new SchemaNames();

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        JavaType java = TypeFactory.defaultInstance().constructType(type.getType());
        Class<?> raw = java.getRawClass();
        Schema<?> value = value(raw);
        if (value != null) {
            return value;
        }
        if (FamilySchemas.isFamily(raw)) {
            return FamilySchemas.of(raw, names, context);
        }
        if (SchemaNames.isOurs(raw) && !raw.isEnum()) {
            type.name(names.of(java));
        }
        Schema<?> schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        if (schema != null && raw.isRecord()) {
            RecordSchemas.complete(raw, schema, context);
        }
        return schema;
    }

    private static @Nullable Schema<?> value(Class<?> raw) {
        if (TypedId.class.isAssignableFrom(raw)) {
            return id(raw);
        }
        if (raw == Power.class) {
            return quantity("power: W, kW or MW are understood, W is answered", "W", "kW", "MW");
        }
        if (raw == Energy.class) {
            return quantity("energy: Wh, kWh or MWh are understood, Wh is answered", "Wh", "kWh", "MWh");
        }
        if (raw == Currency.class) {
            return currency();
        }
        if (raw == ZoneId.class) {
            return text("IANA time zone, Africa/Casablanca");
        }
        if (raw == YearMonth.class) {
            return matching("calendar month, 2026-11", "^\\d{4}-(0[1-9]|1[0-2])$");
        }
        if (raw == LocalTime.class) {
            return matching("time of day, 06:00", "^\\d{2}:\\d{2}(:\\d{2})?$");
        }
        if (raw == Money.class) {
            return typed("object", "money")
                    .addProperty("amount", matching("decimal number as text, so that no reader rounds it", DECIMAL))
                    .addProperty("currency", currency())
                    .required(List.of("amount", "currency"));
        }
        return null;
    }

    private static Schema<Object> id(Class<?> type) {
        boolean made = Stream.of(type.getGenericInterfaces())
                .filter(ParameterizedType.class::isInstance)
                .map(ParameterizedType.class::cast)
                .anyMatch(shown -> shown.getActualTypeArguments()[0] == UUID.class);
        Schema<Object> schema = text(null);
        if (made) {
            schema.setFormat("uuid");
        }
        return schema;
    }

    private static Schema<Object> quantity(String description, String... units) {
        Schema<Object> unit = text(null);
        unit.setEnum(List.of((Object[]) units));
        Schema<Object> value = typed("number", null);
        return typed("object", description)
                .addProperty("value", value)
                .addProperty("unit", unit)
                .required(List.of("value", "unit"));
    }

    private static Schema<Object> currency() {
        return matching("ISO 4217", "^[A-Z]{3}$");
    }

    /** @param pattern regular expression of ECMA 262 */
    static Schema<Object> matching(@Nullable String description, String pattern) {
        Schema<Object> schema = text(description);
        schema.setPattern(pattern);
        return schema;
    }

    static Schema<Object> text(@Nullable String description) {
        return typed("string", description);
    }

    static Schema<Object> typed(String type, @Nullable String description) {
        Schema<Object> schema = new Schema<>(SpecVersion.V31);
        schema.addType(type);
        schema.setDescription(description);
        return schema;
    }

    static Schema<Object> reference(String name) {
        return new Schema<>(SpecVersion.V31).$ref("#/components/schemas/" + name);
    }
}
