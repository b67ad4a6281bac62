package menara.eventstore.mongodb.log;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.LongFunction;
import menara.eventstore.mongodb.commit.Commit;
import menara.eventstore.mongodb.machine.Complaints;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open streams of a log in this process. */
final class OpenStreams implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OpenStreams.class);

    private final String log;
    private final Set<LogStream> streams = new CopyOnWriteArraySet<>();
    private final Complaints complaints = new Complaints(System::nanoTime);

    OpenStreams(String log) {
        this.log = log;
    }

    /** @param read commits from the one that holds a position on */
    MessageStream<EventMessage> open(LongFunction<List<Commit>> read, StreamingCondition condition) {
        long from = Math.max(0, condition.position().position().orElse(0));
        var stream = new LogStream(read, from, condition, streams::remove);
        streams.add(stream);
        return stream;
    }

    /** There are new commits, or a fault. */
    void wake() {
        for (var stream : streams) {
            try {
                stream.wake();
            } catch (RuntimeException e) {
                if (complaints.isDue(e.getClass())) {
                    LOG.warn("could not wake a follower of log {}; it continues with the next commit", log, e);
                }
            }
        }
    }

    @Override
    public void close() {
        List.copyOf(streams).forEach(LogStream::close);
    }
}
