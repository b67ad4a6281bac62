package menara.platform.eventsourcing;

import java.util.Optional;
import org.axonframework.conversion.Converter;
import org.axonframework.messaging.eventhandling.EventMessage;
import tools.jackson.databind.JsonNode;

/**
 * Which events have to stay in order among themselves: those about the same thing. By convention the first field of an event says what
 * it is about.
 */
final class EventSequence {

    private final Converter converter;

    EventSequence(Converter converter) {
        this.converter = converter;
    }

    String of(EventMessage event) {
        var payload = event.payloadAs(JsonNode.class, converter);
        return Optional.ofNullable(payload)
                .flatMap(json -> json.valueStream().findFirst())
                .map(first -> first.isString() ? first.asString() : first.toString())
                .orElse(event.identifier());
    }
}
