package menara.eventstore.mongodb.commit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.conversion.Converter;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.Context;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventstreaming.Tag;

/** Translates between Axon's messages and stored events. */
public final class Messages {

    private Messages() {}

    public static EventMessage of(StoredEvent event) {
        return new GenericEventMessage(
                event.id(),
                new MessageType(event.type(), event.revision()),
                event.payload(),
                event.metadata(),
                event.timestamp());
    }

    /** The context of an event after which the reader continues at {@code next}. */
    public static Context tokenAt(long next) {
        return TrackingToken.addToContext(Context.empty(), new GlobalSequenceTrackingToken(next));
    }

    public static List<StoredEvent> toStore(List<? extends TaggedEventMessage<?>> events, Converter converter) {
        var stored = new ArrayList<StoredEvent>(events.size());
        for (var tagged : events) {
            stored.add(toStore(tagged.event(), tagged.tags(), converter));
        }
        return stored;
    }

    public static StoredEvent toStore(EventMessage event, Set<Tag> tags, Converter converter) {
        byte[] payload = event.payloadAs(byte[].class, converter);
        return new StoredEvent(
                event.identifier(),
                event.type().qualifiedName(),
                event.type().version(),
                event.timestamp(),
                payload == null ? new byte[0] : payload,
                metadata(event),
                tags);
    }

    private static Map<String, String> metadata(EventMessage event) {
        var metadata = Map.copyOf(event.metadata());
        for (var key : metadata.keySet()) {
            if (key.indexOf('\0') >= 0) {
                // Refused here, alone, and not in the database together with the other transactions of its commit.
                throw new IllegalArgumentException("a metadata key must not contain a null character");
            }
        }
        return metadata;
    }
}
