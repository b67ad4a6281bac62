package menara.billing.metering;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import menara.eventstore.mongodb.LogWentBack;
import menara.eventstore.mongodb.UnknownFormat;
import org.jspecify.annotations.Nullable;

/** Whether counting advances. A partition that is counted to its end advances each time it is checked. */
final class Pulse {

    /** How long a partition may stand still, whether it has work or is not checked at all. */
    static final Duration MAX_STANDSTILL = Duration.ofSeconds(30);

    private final Map<Integer, Long> advancedAt = new TreeMap<>();
    private final Map<Integer, String> failures = new HashMap<>();

    /** Partitions with failures that no retry can end; health reports these at once. */
    private final Set<Integer> stuck = new HashSet<>();

    private @Nullable String death;

    /** @param now a reading of {@link System#nanoTime()}, as all times here */
    Pulse(int partitions, long now) {
        for (int partition = 0; partition < partitions; partition++) {
            advancedAt.put(partition, now);
        }
    }

    /** A partition was checked, and counted if there was usage to count. */
    synchronized void beat(int partition, long now) {
        advancedAt.put(partition, now);
        failures.remove(partition);
        stuck.remove(partition);
    }

    /** Something was counted before a failure. */
    synchronized void advanced(int partition, long now) {
        advancedAt.put(partition, now);
    }

    synchronized void failed(int partition, RuntimeException cause) {
        failures.put(partition, cause.getClass().getSimpleName());
        if (cause instanceof LogWentBack || cause instanceof UnknownFormat) {
            stuck.add(partition);
        }
    }

    synchronized void died(Error cause) {
        death = cause.getClass().getSimpleName();
    }

    /** @param isAlive whether the counting thread is alive */
    synchronized List<String> troubles(long now, boolean isAlive) {
        var troubles = new ArrayList<String>();
        if (!isAlive) {
            troubles.add(death == null ? "counting has stopped" : "counting has stopped after an error: " + death);
        }
        advancedAt.forEach((partition, at) -> {
            var still = Duration.ofNanos(now - at);
            if (still.compareTo(MAX_STANDSTILL) > 0 || stuck.contains(partition)) {
                var failure = failures.get(partition);
                troubles.add("partition %d stands still for %d s%s"
                        .formatted(partition, still.toSeconds(), failure == null ? "" : ", " + failure));
            }
        });
        return troubles;
    }
}
