package menara.platform.documentation;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds to a record's schema which fields are required, which may be null, and which numbers are sent as text. It may be called for the same
 * record many times.
 */
final class RecordSchemas {

    private static final String REFERENCE = "#/components/schemas/";
    private static final String NULL = "null";

    private RecordSchemas() {}

    static void complete(Class<?> type, Schema<?> schema, ModelConverterContext context) {
        var reference = schema.get$ref();
        Schema<?> model =
                reference == null ? schema : context.getDefinedModels().get(reference.substring(REFERENCE.length()));
        if (model == null || model.getProperties() == null) {
            return;
        }
        var demanded = new ArrayList<String>();
        for (var component : type.getRecordComponents()) {
            var name = component.getName();
            Schema<?> property = model.getProperties().get(name);
            if (property != null) {
                var sent = isDecimalText(component) ? decimal(property) : property;
                if (isNullable(component)) {
                    sent = orNull(sent);
                } else {
                    demanded.add(name);
                }
                model.getProperties().put(name, sent);
            }
        }
        FamilySchemas.kindOf(type).ifPresent(kind -> {
            model.addProperty(kind.property(), kind.schema());
            demanded.add(kind.property());
        });
        model.setRequired(demanded.isEmpty() ? null : demanded);
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static boolean isDecimalText(RecordComponent component) {
        var format = component.getAccessor().getAnnotation(JsonFormat.class);
        return component.getType() == BigDecimal.class && format != null && format.shape() == JsonFormat.Shape.STRING;
    }

    private static Schema<?> decimal(Schema<?> number) {
        return ValueSchemas.matching(number.getDescription(), ValueSchemas.DECIMAL);
    }

    /** A value that does not exist, or not yet, is sent as null or left out. */
    private static Schema<?> orNull(Schema<?> schema) {
        if (schema.get$ref() != null || schema.getOneOf() != null) {
            if (schema.getOneOf() != null && schema.getOneOf().stream().anyMatch(choice -> isTyped(choice, NULL))) {
                return schema;
            }
            var either = new Schema<>(SpecVersion.V31);
            either.setDescription(schema.getDescription());
            schema.setDescription(null);
            either.addOneOfItem(schema);
            either.addOneOfItem(ValueSchemas.typed(NULL, null));
            return either;
        }
        if (schema.getTypes() != null && !isTyped(schema, NULL)) {
            schema.addType(NULL);
            nullAmongTheValues(schema);
        }
        return schema;
    }

    private static boolean isTyped(Schema<?> schema, String type) {
        return schema.getTypes() != null && schema.getTypes().contains(type);
    }

    @SuppressWarnings("unchecked") // a schema's values have the type that its reader has chosen
    private static void nullAmongTheValues(Schema<?> schema) {
        if (schema.getEnum() != null) {
            List<Object> values = new ArrayList<>(schema.getEnum());
            values.add(null);
            ((Schema<Object>) schema).setEnum(values);
        }
    }
}
