package menara.platform.eventsourcing;

import com.mongodb.MongoException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import menara.eventstore.mongodb.PublishedLog;
import menara.values.Uuid7;
import org.axonframework.conversion.Converter;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.MessageTypeResolver;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the private log and appends its translation to the published log. Where it stands is read from the published log, so it may
 * be killed or doubled at any point: an append only succeeds for the publisher that saw the log's end.
 */
final class Publisher implements AutoCloseable {

    /** Name of the collection that others may read. */
    static final String LOG = "published";

    private static final Logger LOGGER = LoggerFactory.getLogger(Publisher.class);

    /** Contract events of one commit. */
    private static final int MAX_BATCH = 500;

    /** Private events looked at before the thread looks at the published log again. */
    private static final int MAX_READ = 10_000;

    private static final long PAUSE_AFTER_FAULT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final EventStorageEngine source;
    private final PublishedLog published;
    private final Publication publication;
    private final EventTypes types;
    private final Converter converter;
    private final MessageTypeResolver names;
    private final Thread thread;
    private volatile boolean running = true;
    private volatile long translated;

    Publisher(
            EventStorageEngine source,
            PublishedLog published,
            Publication publication,
            EventTypes types,
            Converter converter,
            MessageTypeResolver names) {
        this.source = source;
        this.published = published;
        this.publication = publication;
        this.types = types;
        this.converter = converter;
        this.names = names;
        this.thread = Thread.ofPlatform().daemon().name("publisher").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Position of the private log up to which everything is published. */
    long translated() {
        return translated;
    }

    private void run() {
        while (running) {
            try {
                publish();
            } catch (MongoException e) {
                LOGGER.warn("publishing is interrupted, trying again: {}", e.toString());
                LockSupport.parkNanos(PAUSE_AFTER_FAULT_NANOS);
            } catch (RuntimeException e) {
                // Order is part of the contract: nothing is published past an event that cannot be translated.
                LOGGER.error("publishing stands still before an event it cannot translate, trying again", e);
                LockSupport.parkNanos(PAUSE_AFTER_FAULT_NANOS);
            }
        }
    }

    /** Publishes from where the published log ends until another publisher overtakes or this one is stopped. */
    private void publish() {
        var state = published.state();
        translated = Math.max(translated, state.progress());
        MessageStream<EventMessage> events =
                source.stream(StreamingCondition.startingFrom(new GlobalSequenceTrackingToken(translated)), null);
        try {
            events.setCallback(() -> LockSupport.unpark(thread));
            while (running && events.error().isEmpty()) {
                var batch = new ArrayList<EventMessage>();
                long position = translate(events, batch);
                if (batch.isEmpty()) {
                    translated = Math.max(translated, position);
                    if (!events.hasNextAvailable()) {
                        LockSupport.parkNanos(IDLE_NANOS);
                    }
                } else if (published.append(state, batch, position)) {
                    translated = position;
                    state = new PublishedLog.State(state.head() + batch.size(), position);
                } else {
                    return; // another publisher was faster: begin again from where it ended
                }
            }
        } finally {
            events.close();
        }
    }

    /** @return the position behind the last private event that was looked at */
    private long translate(MessageStream<EventMessage> events, List<EventMessage> batch) {
        long position = translated;
        for (int read = 0; read < MAX_READ && batch.size() < MAX_BATCH; read++) {
            var entry = events.next();
            if (entry.isEmpty()) {
                break;
            }
            batch.addAll(translate(entry.get().message()));
            position = TrackingToken.fromContext(entry.get())
                    .orElseThrow()
                    .position()
                    .orElseThrow();
        }
        return position;
    }

    private List<EventMessage> translate(EventMessage message) {
        var type = types.find(message.type().qualifiedName()).orElse(null);
        if (type == null) {
            return List.of();
        }
        var event = message.payloadAs(type, converter);
        if (event == null) {
            return List.of();
        }
        var translations = new ArrayList<EventMessage>();
        for (Object contractEvent : publication.publish(event)) {
            MessageType name = names.resolveOrThrow(contractEvent.getClass());
            // The id follows from the cause: a translation made again is recognised as the same event.
            var id = Uuid7.derived("published", message.identifier(), Integer.toString(translations.size()))
                    .toString();
            translations.add(new GenericEventMessage(id, name, contractEvent, message.metadata(), message.timestamp()));
        }
        return translations;
    }

    @Override
    public void close() {
        running = false;
        LockSupport.unpark(thread);
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
