package menara.platform.web;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.UUID;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Makes a typed id of its bare value, by the record's only constructor. */
final class TypedIdDeserializer extends StdDeserializer<Object> {

    private final Constructor<?> constructor;
    private final boolean uuid;

    TypedIdDeserializer(Class<?> type) {
        super(type);
        constructor = type.getDeclaredConstructors()[0];
        constructor.setAccessible(true); // a slice may keep its ids to itself
        uuid = constructor.getParameterTypes()[0] == UUID.class;
    }

    @Override
    public Object deserialize(JsonParser in, DeserializationContext context) {
        if (in.currentToken() != JsonToken.VALUE_STRING) {
            return context.handleUnexpectedToken(context.constructType(handledType()), in);
        }
        return of(in.getString(), context);
    }

    private Object of(String text, DeserializationContext context) {
        try {
            return constructor.newInstance(uuid ? (Object) UUID.fromString(text) : text);
        } catch (IllegalArgumentException _) {
            return context.reportInputMismatch(handledType(), "must be a UUID");
        } catch (InvocationTargetException e) {
            return context.reportInputMismatch(
                    handledType(),
                    "%s",
                    e.getCause() == null ? "is not valid" : e.getCause().getMessage());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "a typed id must be a record of one component: "
                            + handledType().getName(),
                    e);
        }
    }
}
