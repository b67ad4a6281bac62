package menara.eventstore.spring.processing;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import menara.eventstore.spring.read.Handling;
import org.axonframework.messaging.eventhandling.processing.streaming.StreamingEventProcessor;

/** How far the projections of the own log have come, so that who wrote can read what it wrote. */
public final class ProjectionProgress {

    /** A projection that takes longer than this is behind for another reason; the writer is not kept waiting for it. */
    static final Duration LIMIT = Duration.ofSeconds(2);

    private static final Duration POLL = Duration.ofMillis(1);

    private final LongSupplier head;
    private final Instances instances;
    private final List<StreamingEventProcessor> ownLogProcessors = new CopyOnWriteArrayList<>();

    /** By processor where its segments stood when somebody had waited for them in vain; while they stand there, nobody waits again. */
    private final Map<String, Map<Integer, Long>> stuck = new ConcurrentHashMap<>();

    public ProjectionProgress(LongSupplier head, Instances instances) {
        this.head = head;
        this.instances = instances;
    }

    void follow(StreamingEventProcessor processor) {
        ownLogProcessors.add(processor);
    }

    /** What this process works on: by processor and segment the position behind what was handled last. */
    Map<String, Map<Integer, Long>> positions() {
        var positions = new HashMap<String, Map<Integer, Long>>();
        ownLogProcessors.forEach(processor -> positions.put(processor.name(), positionsOf(processor)));
        return positions;
    }

    private static Map<Integer, Long> positionsOf(StreamingEventProcessor processor) {
        var positions = new HashMap<Integer, Long>();
        processor
                .processingStatus()
                .forEach((segment, status) ->
                        positions.put(segment, status.getCurrentPosition().orElse(0)));
        return positions;
    }

    /** Waits until every segment has passed the present head, whichever instance works on it, or the limit. */
    public void awaitOwnWrites() {
        if (Handling.isUnderWay()) {
            return; // a policy that waited for the projections would wait for itself
        }
        long written = head.getAsLong();
        long giveUp = System.nanoTime() + LIMIT.toNanos();
        for (var processor : ownLogProcessors) {
            if (processor.isRunning()) {
                await(processor, written, giveUp);
            }
        }
    }

    private void await(StreamingEventProcessor processor, long position, long giveUpNanos) {
        for (var behind = behind(processor, position);
                !isStuck(processor.name(), behind);
                behind = behind(processor, position)) {
            if (behind.isEmpty()) {
                stuck.remove(processor.name());
                return;
            }
            if (System.nanoTime() > giveUpNanos) {
                stuck.put(processor.name(), behind);
                return;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private Map<Integer, Long> behind(StreamingEventProcessor processor, long position) {
        return instances.behind(processor.name(), positionsOf(processor), position);
    }

    private boolean isStuck(String processor, Map<Integer, Long> behind) {
        var before = stuck.getOrDefault(processor, Map.of());
        return behind.entrySet().stream().anyMatch(segment -> segment.getValue().equals(before.get(segment.getKey())));
    }
}
