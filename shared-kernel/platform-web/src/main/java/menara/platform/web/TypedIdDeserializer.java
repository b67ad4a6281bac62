package menara.platform.web;

import java.lang.reflect.Constructor;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Makes a typed id of its bare value. */
final class TypedIdDeserializer extends StdDeserializer<Object> {

    private final Constructor<?> constructor;

    TypedIdDeserializer(Class<?> type) {
        super(type);
        constructor = TypedIdConverters.constructorOf(type);
    }

    @Override
    public Object deserialize(JsonParser in, DeserializationContext context) {
        if (in.currentToken() != JsonToken.VALUE_STRING) {
            return context.handleUnexpectedToken(context.constructType(handledType()), in);
        }
        try {
            return TypedIdConverters.make(constructor, in.getString());
        } catch (IllegalArgumentException e) {
            return context.reportInputMismatch(handledType(), "%s", e.getMessage());
        }
    }
}
