package menara.eventstore.spring.processing;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.conversion.Converter;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.sequencing.SequencingPolicy;
import tools.jackson.databind.JsonNode;

/**
 * The sequencing policy: which events of a follower have to stay in order among themselves, namely those that agree in the first of the
 * follower's key fields that they have. A follower that names none goes by the first field of an event, which by convention says what it is
 * about.
 */
final class EventSequence implements SequencingPolicy {

    private final List<String> by;
    private final Converter converter;

    EventSequence(List<String> by, Converter converter) {
        this.by = by;
        this.converter = converter;
    }

    String of(EventMessage event) {
        return Optional.ofNullable(event.payloadAs(JsonNode.class, converter))
                .flatMap(json -> keys(json).findFirst())
                .map(key -> key.isString() ? key.asString() : key.toString())
                .orElse(event.identifier());
    }

    private Stream<JsonNode> keys(JsonNode event) {
        return by.isEmpty()
                ? event.valueStream()
                : by.stream().filter(event::has).map(event::get);
    }

    @Override
    public Optional<Object> getSequenceIdentifierFor(EventMessage event, ProcessingContext context) {
        return Optional.of(of(event));
    }
}
