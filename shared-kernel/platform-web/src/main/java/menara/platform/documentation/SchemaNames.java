package menara.platform.documentation;

import com.fasterxml.jackson.databind.JavaType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Controller;

/**
 * The names of types in a document. Two types of one name would share a schema, and one would be described as the other. So a nested type
 * carries the name of its outer type ({@code PricingModel.Tiered}), except types that a controller nests for itself.
 */
final class SchemaNames {

    private final Map<String, JavaType> taken = new ConcurrentHashMap<>();

    static boolean isOurs(Class<?> type) {
        return type.getName().startsWith("menara.");
    }

    /** @throws IllegalStateException if another type has the name */
    String of(JavaType type) {
        var name = new StringBuilder(nameOf(type.getRawClass()));
        for (int i = 0; i < type.containedTypeCount(); i++) {
            name.append(nameOf(type.containedType(i).getRawClass()));
        }
        var other = taken.putIfAbsent(name.toString(), type);
        if (other != null && !other.equals(type)) {
            throw new IllegalStateException(
                    "%s and %s would both be called %s in the document".formatted(other, type, name));
        }
        return name.toString();
    }

    private static String nameOf(Class<?> type) {
        var outer = type.getEnclosingClass();
        return outer == null || !isOurs(type) || AnnotatedElementUtils.hasAnnotation(outer, Controller.class)
                ? type.getSimpleName()
                : nameOf(outer) + "." + type.getSimpleName();
    }
}
