package menara.eventstore.spring;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import org.axonframework.common.infra.ComponentDescriptor;
import org.axonframework.conversion.ConversionException;
import org.axonframework.conversion.Converter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Payloads as JSON bytes and back. An application with another form of events declares its own. */
public final class EventConverter implements Converter {

    private final JsonMapper json;

    private EventConverter(JsonMapper json) {
        this.json = json;
    }

    /** @param json reads events stored at any time, and writes events */
    public static EventConverter json(JsonMapper json) {
        return new EventConverter(json);
    }

    @Override
    public boolean canConvert(Type sourceType, Type targetType) {
        return true;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Axon's signature
    public <T> @Nullable T convert(@Nullable Object input, Type targetType) {
        if (input == null || (targetType instanceof Class<?> target && target.isInstance(input))) {
            return (T) input;
        }
        try {
            if (targetType == byte[].class) {
                return (T) json.writeValueAsBytes(input);
            }
            if (targetType == String.class && input instanceof byte[] bytes) {
                return (T) new String(bytes, StandardCharsets.UTF_8);
            }
            var type = json.constructType(targetType);
            return switch (input) {
                case byte[] bytes -> json.readValue(bytes, type);
                case String text -> json.readValue(text, type);
                default -> json.convertValue(input, type);
            };
        } catch (JacksonException e) {
            throw new ConversionException(
                    "cannot convert %s to %s".formatted(input.getClass().getName(), targetType.getTypeName()), e);
        }
    }

    @Override
    public void describeTo(ComponentDescriptor descriptor) {
        descriptor.describeProperty("json", json);
    }
}
