package menara.platform.documentation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Discriminator;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import menara.values.TypedId;

/** Schemas of sealed families of records: one of the members, identified by the type field if one is sent. */
final class FamilySchemas {

    private FamilySchemas() {}

    /** The field and value that identify a member of a family. */
    record Kind(String property, String value) {

        Schema<Object> schema() {
            Schema<Object> schema = ValueSchemas.text(null);
            schema.setEnum(List.of(value));
            return schema;
        }
    }

    static boolean isFamily(Class<?> type) {
        return type.isSealed()
                && type.isInterface()
                && SchemaNames.isOurs(type)
                && !TypedId.class.isAssignableFrom(type)
                && Arrays.stream(type.getMethods()).noneMatch(method -> method.isAnnotationPresent(JsonValue.class));
    }

    static Schema<?> of(Class<?> family, SchemaNames names, ModelConverterContext context) {
        var schema = new Schema<>(SpecVersion.V31);
        var told = Docstrings.of(family);
        schema.setDescription(told.isEmpty() ? null : told);
        var discriminator = new Discriminator();
        members(family).forEach(member -> {
            context.resolve(new AnnotatedType(member).resolveAsRef(true));
            var reference = ValueSchemas.reference(
                    names.of(TypeFactory.defaultInstance().constructType(member)));
            schema.addOneOfItem(reference);
            kindOf(member)
                    .ifPresent(kind ->
                            discriminator.propertyName(kind.property()).mapping(kind.value(), reference.get$ref()));
        });
        if (discriminator.getPropertyName() != null) {
            schema.setDiscriminator(discriminator);
        }
        return schema;
    }

    private static Stream<Class<?>> members(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(FamilySchemas::members)
                : Stream.of(type);
    }

    /** Empty if only the fields of the record are sent. */
    static Optional<Kind> kindOf(Class<?> member) {
        return Arrays.stream(member.getInterfaces())
                .filter(family -> family.isAnnotationPresent(JsonTypeInfo.class)
                        && family.isAnnotationPresent(JsonSubTypes.class))
                .flatMap(family -> Arrays.stream(
                                family.getAnnotation(JsonSubTypes.class).value())
                        .filter(kind -> kind.value() == member)
                        .map(kind -> new Kind(
                                family.getAnnotation(JsonTypeInfo.class).property(), kind.name())))
                .findFirst();
    }
}
