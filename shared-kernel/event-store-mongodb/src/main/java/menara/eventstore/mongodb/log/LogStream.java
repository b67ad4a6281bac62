package menara.eventstore.mongodb.log;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import menara.eventstore.mongodb.commit.Commit;
import menara.eventstore.mongodb.commit.Messages;
import menara.eventstore.mongodb.commit.StoredEvent;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.SimpleEntry;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventstreaming.EventsCondition;
import org.jspecify.annotations.Nullable;

/** An endless read of the log from a position on. Reads when asked and never waits; new commits wake it through its callback. */
final class LogStream implements MessageStream<EventMessage> {

    /** How many entries are decoded ahead of the reader. */
    private static final int READ_AHEAD = 256;

    private final LongFunction<List<Commit>> read;
    private final EventsCondition condition;
    private final Consumer<LogStream> onClose;
    private final ArrayDeque<Ahead> ready = new ArrayDeque<>();
    private long position;
    private boolean closed;
    private @Nullable RuntimeException failure;
    private volatile Runnable callback = () -> {};

    /**
     * An event for the reader.
     *
     * @param next where the reader continues: after the event and any unwanted events that follow, so that it need not read them again
     * after a restart
     */
    private record Ahead(StoredEvent event, long next) {

        Entry<EventMessage> entry() {
            return new SimpleEntry<>(Messages.of(event), Messages.tokenAt(next));
        }
    }

    LogStream(LongFunction<List<Commit>> read, long position, EventsCondition condition, Consumer<LogStream> onClose) {
        this.read = read;
        this.position = position;
        this.condition = condition;
        this.onClose = onClose;
    }

    @Override
    public synchronized Optional<Entry<EventMessage>> next() {
        fill();
        return Optional.ofNullable(ready.poll()).map(Ahead::entry);
    }

    @Override
    public synchronized Optional<Entry<EventMessage>> peek() {
        fill();
        return Optional.ofNullable(ready.peek()).map(Ahead::entry);
    }

    @Override
    public synchronized boolean hasNextAvailable() {
        fill();
        return !ready.isEmpty();
    }

    private void fill() {
        if (!ready.isEmpty() || closed || failure != null) {
            return;
        }
        try {
            while (ready.size() < READ_AHEAD) {
                var commits = read.apply(position);
                if (commits.isEmpty()) {
                    return;
                }
                commits.forEach(this::take);
            }
        } catch (RuntimeException e) {
            failure = e; // the reader gets it from error(), and opens a new stream
        }
    }

    private void take(Commit commit) {
        long next = commit.position();
        for (var event : commit.events()) {
            next++;
            if (next <= position) {
                continue;
            }
            if (condition.matches(event.type(), event.tags())) {
                ready.add(new Ahead(event, next));
            } else if (!ready.isEmpty()) {
                ready.add(new Ahead(ready.removeLast().event(), next));
            }
        }
        position = next;
    }

    @Override
    public void setCallback(Runnable newCallback) {
        callback = newCallback;
        if (hasNextAvailable() || isCompleted()) {
            newCallback.run();
        }
    }

    void wake() {
        callback.run();
    }

    @Override
    public synchronized Optional<Throwable> error() {
        return Optional.ofNullable(failure);
    }

    @Override
    public synchronized boolean isCompleted() {
        return (closed || failure != null) && ready.isEmpty();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            ready.clear();
        }
        onClose.accept(this);
    }
}
