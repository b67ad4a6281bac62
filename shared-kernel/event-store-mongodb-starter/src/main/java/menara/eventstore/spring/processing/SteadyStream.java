package menara.eventstore.spring.processing;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import menara.eventstore.spring.read.Fence;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.jspecify.annotations.Nullable;

/**
 * An endless read of a log that never ends in an error. After an error Axon's coordinator starts a second coordinator and leaves the first
 * one running: the two offer events to the same segments, or the first holds a segment without a stream to read from. So this class opens
 * the log again, after the last event passed on, after a pause that grows while it cannot be read.
 */
final class SteadyStream implements MessageStream<EventMessage> {

    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long MAX_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Function<TrackingToken, MessageStream<EventMessage>> log;
    private final Consumer<Optional<RuntimeException>> fault;

    private TrackingToken behind;
    private @Nullable MessageStream<EventMessage> open;
    private Runnable callback = () -> {};
    private boolean closed;
    private long pause = FIRST_PAUSE_NANOS;
    private long notBefore = System.nanoTime();

    /**
     * @param log opens it after a token
     * @param fault called with the reason why the log cannot be read, and with nothing when it can again
     */
    SteadyStream(
            TrackingToken start,
            Function<TrackingToken, MessageStream<EventMessage>> log,
            Consumer<Optional<RuntimeException>> fault) {
        this.behind = start;
        this.log = log;
        this.fault = fault;
    }

    @Override
    public synchronized Optional<Entry<EventMessage>> next() {
        var entry = attempt(MessageStream::next, Optional.<Entry<EventMessage>>empty());
        entry.flatMap(TrackingToken::fromContext).ifPresent(token -> {
            behind = token;
            works();
        });
        return entry.map(SteadyStream::positioned);
    }

    private void works() {
        if (pause != FIRST_PAUSE_NANOS) {
            pause = FIRST_PAUSE_NANOS;
            fault.accept(Optional.empty());
        }
    }

    @Override
    public synchronized Optional<Entry<EventMessage>> peek() {
        return attempt(MessageStream::peek, Optional.<Entry<EventMessage>>empty())
                .map(SteadyStream::positioned);
    }

    @Override
    public synchronized boolean hasNextAvailable() {
        return attempt(this::hasNext, false);
    }

    private boolean hasNext(MessageStream<EventMessage> stream) {
        boolean available = stream.hasNextAvailable();
        if (!available && stream.error().isEmpty()) {
            works(); // read to its end; the next take shows whether there is more
        }
        return available;
    }

    /** An event carries its position along, until it is handled, now or after it was parked. */
    private static Entry<EventMessage> positioned(Entry<EventMessage> entry) {
        return TrackingToken.fromContext(entry).stream()
                .flatMapToLong(token -> token.position().stream())
                .boxed()
                .findFirst()
                .map(position -> entry.map(event -> event.andMetadata(Map.of(Fence.POSITION, Long.toString(position)))))
                .orElse(entry);
    }

    private <T> T attempt(Function<MessageStream<EventMessage>, T> read, T nothing) {
        if (closed || System.nanoTime() - notBefore < 0) {
            return nothing;
        }
        try {
            var stream = open == null ? opened() : open;
            var error = stream.error();
            if (error.isPresent()) {
                throw new IllegalStateException("the log cannot be followed", error.get());
            }
            return read.apply(stream);
        } catch (RuntimeException e) {
            leave();
            notBefore = System.nanoTime() + pause;
            pause = Math.min(2 * pause, MAX_PAUSE_NANOS);
            fault.accept(Optional.of(e));
            return nothing;
        }
    }

    private MessageStream<EventMessage> opened() {
        var stream = log.apply(behind);
        open = stream;
        stream.setCallback(callback);
        return stream;
    }

    private void leave() {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    @Override
    public synchronized void setCallback(Runnable newCallback) {
        callback = newCallback;
        if (open != null) {
            open.setCallback(newCallback);
        } else if (hasNextAvailable()) {
            newCallback.run();
        }
    }

    @Override
    public Optional<Throwable> error() {
        return Optional.empty();
    }

    @Override
    public synchronized boolean isCompleted() {
        return closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
        leave();
    }
}
