package menara.testkit;

import com.mongodb.client.MongoClient;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.ReadStrategy;
import menara.eventstore.mongodb.processing.PublishedLog;
import menara.platform.web.ValuesJacksonModule;
import menara.values.PublishedEvent;
import org.axonframework.common.infra.ComponentDescriptor;
import org.axonframework.conversion.Converter;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/** The published log of a service that the one under test follows, written by the test in the neighbour's place. */
public final class NeighbourLog implements AutoCloseable {

    private final PublishedLog log;
    private final Clock clock;

    /** @param service the neighbour, {@code operations} */
    public NeighbourLog(MongoClient client, String service, Clock clock) {
        this.clock = clock;
        this.log = PublishedLog.open(
                client.getDatabase("menara_" + service),
                "published",
                ReadStrategy.AUTO,
                new Json(),
                Limits.DEFAULT,
                clock);
    }

    /** Publishes contract events, in order. */
    public void publish(Object... events) {
        var messages = Arrays.stream(events).map(this::message).toList();
        var state = log.state();
        if (!log.append(state, messages, state.progress() + messages.size())) {
            throw new IllegalStateException("somebody else writes this log");
        }
    }

    /** Publishes an event that was published before, under its old id, as after a crash of the follower. */
    public void publishAgain(EventMessage message) {
        var state = log.state();
        log.append(state, List.of(message), state.progress() + 1);
    }

    public EventMessage message(Object event) {
        var name = event.getClass().getAnnotation(PublishedEvent.class);
        if (name == null) {
            throw new IllegalArgumentException(event.getClass() + " is no published event");
        }
        var type = new MessageType(new QualifiedName(name.namespace(), name.name()), name.version());
        return new GenericEventMessage(java.util.UUID.randomUUID().toString(), type, event, Map.of(), clock.instant());
    }

    @Override
    public void close() {
        log.close();
    }

    private static final class Json implements Converter {

        private final JsonMapper json = JsonMapper.builder()
                .addModule(new ValuesJacksonModule())
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                .build();

        @Override
        public boolean canConvert(java.lang.reflect.Type sourceType, java.lang.reflect.Type targetType) {
            return true;
        }

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Axon's signature
        public <T> @Nullable T convert(@Nullable Object input, java.lang.reflect.Type targetType) {
            return input == null ? null : (T) json.writeValueAsBytes(input);
        }

        @Override
        public void describeTo(ComponentDescriptor descriptor) {
            descriptor.describeProperty("json", json);
        }
    }
}
