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

/** The progress of the projections of this service's log, so that callers can read what they wrote. */
public final class ProjectionProgress {

    /** A projection that takes longer than this lags for another reason, so the writer does not wait for it. */
    static final Duration LIMIT = Duration.ofSeconds(2);

    private static final Duration POLL = Duration.ofMillis(1);

    private final LongSupplier head;
    private final Instances instances;
    private final List<StreamingEventProcessor> ownLogProcessors = new CopyOnWriteArrayList<>();

    /** For each processor the positions of its segments after a wait timed out; while they do not move, nobody waits again. */
    private final Map<String, Map<Integer, Long>> stuck = new ConcurrentHashMap<>();

    public ProjectionProgress(LongSupplier head, Instances instances) {
        this.head = head;
        this.instances = instances;
    }

    void follow(StreamingEventProcessor processor) {
        ownLogProcessors.add(processor);
    }

    /** The segments that this process works on, each with the position after the last handled event. */
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

    /** Waits until every segment of all instances has passed the present head, or until the limit. */
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
