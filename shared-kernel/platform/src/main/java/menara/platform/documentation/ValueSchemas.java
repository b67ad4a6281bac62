package menara.platform.documentation;

import com.fasterxml.jackson.databind.type.TypeFactory;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.ParameterizedType;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Arrays;
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

/** Schemas of what {@code ValuesJacksonModule} writes: bare ids, quantities with their unit; and which fields a record demands. */
final class ValueSchemas implements ModelConverter {

    private static final String REFERENCE = "#/components/schemas/";

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Class<?> raw =
                TypeFactory.defaultInstance().constructType(type.getType()).getRawClass();
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
            return text("ISO 4217");
        }
        if (raw == ZoneId.class) {
            return text("IANA time zone, Africa/Casablanca");
        }
        if (raw == YearMonth.class) {
            return text("calendar month, 2026-11");
        }
        if (raw == Money.class) {
            return object("money")
                    .addProperty("amount", text("decimal number as text, so that no reader rounds it"))
                    .addProperty("currency", text("ISO 4217"))
                    .required(List.of("amount", "currency"));
        }
        Schema<?> schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        if (schema != null && raw.isRecord()) {
            demand(raw, schema, context);
        }
        return schema;
    }

    private static void demand(Class<?> type, Schema<?> schema, ModelConverterContext context) {
        var reference = schema.get$ref();
        Schema<?> model =
                reference == null ? schema : context.getDefinedModels().get(reference.substring(REFERENCE.length()));
        if (model != null && model.getProperties() != null) {
            var demanded = Arrays.stream(type.getRecordComponents())
                    .filter(component -> !component.getAnnotatedType().isAnnotationPresent(Nullable.class))
                    .map(component -> component.getName())
                    .filter(name -> model.getProperties().containsKey(name))
                    .toList();
            model.setRequired(demanded.isEmpty() ? null : demanded);
            var nullable = Arrays.stream(type.getRecordComponents())
                    .filter(component -> component.getAnnotatedType().isAnnotationPresent(Nullable.class))
                    .map(component -> component.getName())
                    .toList();
            model.getProperties().replaceAll((name, property) -> nullable.contains(name) ? orNull(property) : property);
        }
    }

    /** What has not happened yet, or is not there, is sent as null. */
    private static Schema<?> orNull(Schema<?> schema) {
        if (schema.getOneOf() != null) {
            return schema; // said before
        }
        if (schema.get$ref() != null) {
            var either = new Schema<>(SpecVersion.V31);
            either.addOneOfItem(new Schema<>(SpecVersion.V31).$ref(schema.get$ref()));
            either.addOneOfItem(typed("null", null));
            return either;
        }
        if (schema.getTypes() != null) {
            schema.addType("null");
        }
        return schema;
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
        return object(description)
                .addProperty("value", value)
                .addProperty("unit", unit)
                .required(List.of("value", "unit"));
    }

    private static Schema<Object> object(String description) {
        return typed("object", description);
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
}
