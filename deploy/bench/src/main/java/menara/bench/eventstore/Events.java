package menara.bench.eventstore;

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
import org.axonframework.messaging.eventstreaming.Tag;

/** The events of the benches: about 190 bytes of payload, one tag. */
final class Events {

    static final MessageType TYPE = new MessageType("menara.bench", "MeterRead", "1");
    static final String TAG = "meter";

    private static final String PADDING = "x".repeat(130);

    private Events() {}

    static String payload(int meter, long reading) {
        return "{\"meter\":\"meter-%06d\",\"reading\":%d,\"note\":\"%s\"}".formatted(meter, reading, PADDING);
    }

    static TaggedEventMessage<?> tagged(int meter, Object payload) {
        var event = new GenericEventMessage(UUID.randomUUID().toString(), TYPE, payload, Map.of(), Instant.EPOCH);
        return new GenericTaggedEventMessage<>(event, Set.of(tag(meter)));
    }

    static Tag tag(int meter) {
        return new Tag(TAG, "meter-" + meter);
    }

    /** Appends and waits for the acknowledgement, as a command does. */
    static ConsistencyMarker append(EventStorageEngine engine, AppendCondition condition, List<TaggedEventMessage<?>> events)
            throws InterruptedException, ExecutionException {
        return finish(engine.appendEvents(condition, null, events).get());
    }

    private static <R> ConsistencyMarker finish(AppendTransaction<R> transaction) throws InterruptedException, ExecutionException {
        var result = transaction.commit(null).get();
        return transaction.afterCommit(result, null).get();
    }
}
