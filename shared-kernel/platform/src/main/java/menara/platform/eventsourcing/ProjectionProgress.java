package menara.platform.eventsourcing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.axonframework.messaging.eventhandling.processing.streaming.StreamingEventProcessor;

/** How far this process's own projections have come, so that who wrote can read what it wrote. */
final class ProjectionProgress {

    /** A projection that takes longer than this is behind for another reason; the writer is not kept waiting for it. */
    static final Duration LIMIT = Duration.ofSeconds(2);

    private static final Duration POLL = Duration.ofMillis(1);

    private final LongSupplier head;
    private final List<StreamingEventProcessor> ownLogProcessors = new CopyOnWriteArrayList<>();

    ProjectionProgress(LongSupplier head) {
        this.head = head;
    }

    void follow(StreamingEventProcessor processor) {
        ownLogProcessors.add(processor);
    }

    /** Waits until every segment that this process works on has passed the present head, or the limit. */
    void awaitOwnWrites() {
        if (Handling.isUnderWay()) {
            return; // a policy that waited for the projections would wait for itself
        }
        long written = head.getAsLong();
        long giveUp = System.nanoTime() + LIMIT.toNanos();
        for (var processor : ownLogProcessors) {
            while (processor.isRunning() && isBehind(processor, written) && System.nanoTime() < giveUp) {
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
    }

    private static boolean isBehind(StreamingEventProcessor processor, long position) {
        return processor.processingStatus().values().stream()
                .anyMatch(status -> status.getCurrentPosition().orElse(0) < position);
    }

    /** Events of the log that the slowest segment of the processor has not seen. */
    static long lag(StreamingEventProcessor processor, long head) {
        return processor.processingStatus().values().stream()
                .mapToLong(
                        status -> Math.max(0, head - status.getCurrentPosition().orElse(0)))
                .max()
                .orElse(0);
    }
}
