package menara.eventstore.mongodb.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.axonframework.common.infra.ComponentDescriptor;
import org.axonframework.conversion.Converter;
import org.axonframework.eventsourcing.eventstore.GenericTaggedEventMessage;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventstreaming.Tag;
import org.jspecify.annotations.Nullable;

/** Events of the simulated house: only who they are counts, and their tags. */
final class SimulatedEvents {

    private static final MessageType TYPE = new MessageType("menara.simulation", "Counted", "1");

    /** Payloads are bytes already. */
    static final Converter CONVERTER = new Converter() {
        @Override
        public boolean canConvert(Type from, Type to) {
            return true;
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // as Axon has it
        public <T> @Nullable T convert(@Nullable Object input, Type targetType) {
            @SuppressWarnings("unchecked") // whoever converts asks for bytes
            var bytes = (T) input;
            return bytes;
        }

        @Override
        public void describeTo(ComponentDescriptor descriptor) {
            descriptor.describeProperty("type", "bytes");
        }
    };

    private SimulatedEvents() {}

    static EventMessage event(String id) {
        return new GenericEventMessage(id, TYPE, id.getBytes(UTF_8), Map.of(), Instant.EPOCH);
    }

    static TaggedEventMessage<?> tagged(String id, Set<Tag> tags) {
        return new GenericTaggedEventMessage<>(event(id), tags);
    }
}
