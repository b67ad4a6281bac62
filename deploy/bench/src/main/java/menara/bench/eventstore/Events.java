package menara.bench.eventstore;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine.AppendTransaction;
import org.axonframework.eventsourcing.eventstore.GenericTaggedEventMessage;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;
import org.bson.Document;

/** The events of the benches: about 190 bytes of payload, one tag; and the plain document that holds the same. */
final class Events {

    static final MessageType TYPE = new MessageType("menara.bench", "MeterRead", "1");
    static final String TAG = "meter";

    private static final String PADDING = "x".repeat(130);

    private Events() {}

    static String payload(int meter, long reading) {
        return "{\"meter\":\"meter-" + meter + "\",\"reading\":" + reading + ",\"note\":\"" + PADDING + "\"}";
    }

    static TaggedEventMessage<?> tagged(int meter, long reading) {
        var payload = payload(meter, reading).getBytes(StandardCharsets.UTF_8);
        var event = new GenericEventMessage(id(meter, reading), TYPE, payload, Map.of(), Instant.EPOCH);
        return new GenericTaggedEventMessage<>(event, Set.of(tag(meter)));
    }

    /** What a program without an engine would store of the same event. */
    static Document document(long position, int meter, long reading) {
        return new Document("_id", position)
                .append("id", id(meter, reading))
                .append("type", TYPE.qualifiedName().fullName())
                .append("rev", TYPE.version())
                .append("ts", 0L)
                .append("payload", payload(meter, reading))
                .append("tags", List.of(TAG, "meter-" + meter));
    }

    /** Not random: drawing it must not be what is measured. */
    private static String id(int meter, long reading) {
        return new UUID(meter, reading).toString();
    }

    static Tag tag(int meter) {
        return new Tag(TAG, "meter-" + meter);
    }

    /** Nothing of this meter after {@code marker}: what a command on a meter demands. */
    static AppendCondition nothingNewOf(int meter, ConsistencyMarker marker) {
        return AppendCondition.withCriteria(EventCriteria.havingTags(tag(meter)))
                .withMarker(marker);
    }

    /** Appends and waits for the acknowledgement, as a command does. */
    static ConsistencyMarker append(
            EventStorageEngine engine, AppendCondition condition, List<TaggedEventMessage<?>> events)
            throws InterruptedException, ExecutionException {
        return finish(engine.appendEvents(condition, null, events).get());
    }

    private static <R> ConsistencyMarker finish(AppendTransaction<R> transaction)
            throws InterruptedException, ExecutionException {
        var result = transaction.commit(null).get();
        return transaction.afterCommit(result, null).get();
    }
}
