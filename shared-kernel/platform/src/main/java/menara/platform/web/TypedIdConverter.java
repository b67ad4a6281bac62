package menara.platform.web;

import java.lang.reflect.InvocationTargetException;
import java.util.Set;
import java.util.UUID;
import menara.values.TypedId;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.GenericConverter;

/** Makes a typed id of a path variable or a query parameter. Spring by itself does so only where the constructor takes text. */
final class TypedIdConverter implements GenericConverter {

    @Override
    public Set<ConvertiblePair> getConvertibleTypes() {
        return Set.of(new ConvertiblePair(String.class, TypedId.class));
    }

    /** @throws IllegalArgumentException if the text is not the id's form */
    @Override
    public @Nullable Object convert(@Nullable Object source, TypeDescriptor sourceType, TypeDescriptor targetType) {
        if (source == null) {
            return null;
        }
        var constructor = targetType.getType().getDeclaredConstructors()[0];
        constructor.setAccessible(true); // a slice may keep its ids to itself
        var text = (String) source;
        try {
            return constructor.newInstance(
                    constructor.getParameterTypes()[0] == UUID.class ? (Object) UUID.fromString(text) : text);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a typed id must be a record of one component: " + targetType, e);
        }
    }
}
