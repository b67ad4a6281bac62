package menara.eventstore.mongodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.axonframework.conversion.ChainingContentTypeConverter;
import org.axonframework.conversion.Converter;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine.AppendTransaction;
import org.axonframework.eventsourcing.eventstore.GenericTaggedEventMessage;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventhandling.TerminalEventMessage;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;

/** Makes events, appends them and waits, and sources them, as a command does. */
public final class TestEvents {

    public static final Converter CONVERTER = new ChainingContentTypeConverter();
    public static final MessageType TYPE = new MessageType("menara.test", "Counted", "1");

    private TestEvents() {}

    public static EventMessage event(String payload) {
        return event(TYPE, payload);
    }

    public static EventMessage event(MessageType type, String payload) {
        return new GenericEventMessage(
                UUID.randomUUID().toString(), type, payload.getBytes(UTF_8), Map.of("user", "nadia"), Instant.EPOCH);
    }

    public static TaggedEventMessage<?> tagged(String payload, Tag... tags) {
        return new GenericTaggedEventMessage<>(event(payload), Set.of(tags));
    }

    public static String payload(EventMessage event) {
        return new String(event.payloadAs(byte[].class), UTF_8);
    }

    public static ConsistencyMarker append(MongoEventStorageEngine engine, TaggedEventMessage<?>... events)
            throws InterruptedException, ExecutionException {
        return append(engine, AppendCondition.none(), List.of(events));
    }

    public static ConsistencyMarker append(
            MongoEventStorageEngine engine, AppendCondition condition, List<TaggedEventMessage<?>> events)
            throws InterruptedException, ExecutionException {
        return finish(engine.appendEvents(condition, null, events).get()).get();
    }

    public static <R> CompletableFuture<ConsistencyMarker> finish(AppendTransaction<R> transaction) {
        return transaction.commit(null).thenCompose(result -> transaction.afterCommit(result, null));
    }

    /** Whether an append was refused because of a conflict, which is no error of the store. */
    public static boolean isConflict(ExecutionException e) {
        return e.getCause() instanceof AppendEventsTransactionRejectedException;
    }

    public record Sourced(List<EventMessage> events, ConsistencyMarker marker) {}

    public static Sourced source(MongoEventStorageEngine engine, EventCriteria criteria) {
        var stream = engine.source(SourcingCondition.conditionFor(criteria), null);
        return read(stream).orElseThrow(() -> new IllegalStateException("no terminal message; " + stream.error()));
    }

    /** Empty if the database did not answer. */
    static Optional<Sourced> sourceIfAnswered(MongoEventStorageEngine engine, EventCriteria criteria) {
        return read(engine.source(SourcingCondition.conditionFor(criteria), null));
    }

    private static Optional<Sourced> read(MessageStream<? extends EventMessage> stream) {
        var events = new ArrayList<EventMessage>();
        for (var next = stream.next(); next.isPresent(); next = stream.next()) {
            if (next.get().message() instanceof TerminalEventMessage) {
                var marker = Objects.requireNonNull(next.get().getResource(ConsistencyMarker.RESOURCE_KEY));
                return Optional.of(new Sourced(events, marker));
            }
            events.add(next.get().message());
        }
        return Optional.empty();
    }
}
