package menara.eventstore.mongodb.read;

import com.mongodb.MongoException;
import java.util.ArrayDeque;
import java.util.Optional;
import menara.eventstore.mongodb.commit.Messages;
import menara.eventstore.mongodb.commit.Positioned;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.messaging.core.Context;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.SimpleEntry;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.TerminalEventMessage;
import org.jspecify.annotations.Nullable;

/**
 * Sourced events, read page by page as the reader goes on, with the marker at the end. It depends on Axon's internal
 * {@code TerminalEventMessage}, which carries the marker.
 */
public final class SourcedStream implements MessageStream<EventMessage> {

    private final ColdEvents.Pages pages;
    private final ArrayDeque<Entry<EventMessage>> ready = new ArrayDeque<>();
    private final ConsistencyMarker marker;
    private boolean ended;
    private @Nullable RuntimeException failure;

    /** Reads the first page at once: most answers have no other. */
    public SourcedStream(ColdEvents.Pages pages, ConsistencyMarker marker) {
        this.pages = pages;
        this.marker = marker;
        fill();
    }

    private void fill() {
        try {
            while (ready.isEmpty() && !ended) {
                pages.next().ifPresentOrElse(page -> page.forEach(this::add), this::end);
            }
        } catch (MongoException | EventStoreException e) {
            failure = e;
            ended = true;
        }
    }

    private void add(Positioned positioned) {
        ready.add(new SimpleEntry<>(Messages.of(positioned.event()), Messages.tokenAt(positioned.position() + 1)));
    }

    /** Whether a message is not an event but the marker at the end. */
    public static boolean isEnd(EventMessage message) {
        return message instanceof TerminalEventMessage;
    }

    private void end() {
        ended = true;
        ready.add(
                new SimpleEntry<>(TerminalEventMessage.INSTANCE, Context.with(ConsistencyMarker.RESOURCE_KEY, marker)));
    }

    @Override
    public synchronized Optional<Entry<EventMessage>> next() {
        fill();
        return Optional.ofNullable(ready.poll());
    }

    @Override
    public synchronized Optional<Entry<EventMessage>> peek() {
        fill();
        return Optional.ofNullable(ready.peek());
    }

    @Override
    public synchronized boolean hasNextAvailable() {
        fill();
        return !ready.isEmpty();
    }

    /** No further events arrive later. */
    @Override
    public void setCallback(Runnable callback) {
        callback.run();
    }

    @Override
    public synchronized Optional<Throwable> error() {
        return Optional.ofNullable(failure);
    }

    @Override
    public synchronized boolean isCompleted() {
        return ended && ready.isEmpty();
    }

    @Override
    public synchronized void close() {
        ended = true;
        ready.clear();
    }
}
