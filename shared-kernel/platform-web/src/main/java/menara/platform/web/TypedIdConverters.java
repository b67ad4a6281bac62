package menara.platform.web;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.UUID;
import menara.values.TypedId;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;

/** Typed ids in paths and queries. */
@SuppressWarnings("rawtypes") // Spring asks by class
final class TypedIdConverters implements ConverterFactory<String, TypedId> {

    @Override
    public <T extends TypedId> Converter<String, T> getConverter(Class<T> type) {
        Constructor<?> constructor = constructorOf(type);
        return text -> type.cast(make(constructor, text));
    }

    /** Whether it is a typed id that people choose, with its own rule. */
    static boolean isName(Class<?> type) {
        return TypedId.class.isAssignableFrom(type) && constructorOf(type).getParameterTypes()[0] == String.class;
    }

    /** The only constructor of a typed id: it takes the bare value. */
    static Constructor<?> constructorOf(Class<?> type) {
        var constructor = type.getDeclaredConstructors()[0];
        constructor.setAccessible(true); // a slice may keep its ids to itself
        return constructor;
    }

    /** @throws IllegalArgumentException if the value is not valid for this id */
    static Object make(Constructor<?> constructor, String text) {
        try {
            return constructor.newInstance(
                    constructor.getParameterTypes()[0] == UUID.class ? (Object) UUID.fromString(text) : text);
        } catch (InvocationTargetException e) {
            var cause = e.getCause();
            throw new IllegalArgumentException(cause == null ? "is not valid" : cause.getMessage(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "a typed id must be a record of one component: " + constructor.getDeclaringClass(), e);
        }
    }
}
