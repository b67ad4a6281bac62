package menara.eventstore.spring;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final Instances instances;
    private final List<StreamingEventProcessor> ownLogProcessors = new CopyOnWriteArrayList<>();

    ProjectionProgress(LongSupplier head, Instances instances) {
        this.head = head;
        this.instances = instances;
    }

    void follow(StreamingEventProcessor processor) {
        ownLogProcessors.add(processor);
    }

    /** What this process works on, by processor. */
    Map<String, Instances.Held> held() {
        var held = new HashMap<String, Instances.Held>();
        for (var processor : ownLogProcessors) {
            var segments = processor.processingStatus().values();
            segments.stream()
                    .mapToLong(status -> status.getCurrentPosition().orElse(0))
                    .min()
                    .ifPresent(position -> held.put(processor.name(), new Instances.Held(segments.size(), position)));
        }
        return held;
    }

    /** Waits until every segment has passed the present head, whichever instance works on it, or the limit. */
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
        instances.await(
                ownLogProcessors.stream().map(StreamingEventProcessor::name).toList(), written, giveUp);
    }

    private static boolean isBehind(StreamingEventProcessor processor, long position) {
        return processor.processingStatus().values().stream()
                .anyMatch(status -> status.getCurrentPosition().orElse(0) < position);
    }
}
