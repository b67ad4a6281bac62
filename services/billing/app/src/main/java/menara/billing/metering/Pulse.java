package menara.billing.metering;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether counting advances. A partition that is counted to its end advances by being looked at. */
final class Pulse {

    /** How long a partition may stand still, while there is work or nobody looks whether there is. */
    static final Duration MAX_STANDSTILL = Duration.ofSeconds(30);

    private final long[] advancedAt;
    private final @Nullable String[] failures;
    private @Nullable String death;

    /** @param now a reading of {@link System#nanoTime()}, as all times here */
    Pulse(int partitions, long now) {
        this.advancedAt = new long[partitions];
        this.failures = new @Nullable String[partitions];
        java.util.Arrays.fill(advancedAt, now);
    }

    /** A partition was looked at, and counted if there was something to count. */
    synchronized void beat(int partition, long now) {
        advancedAt[partition] = now;
        failures[partition] = null;
    }

    /** Something was counted before a failure. */
    synchronized void advanced(int partition, long now) {
        advancedAt[partition] = now;
    }

    synchronized void failed(int partition, RuntimeException cause) {
        failures[partition] = cause.getClass().getSimpleName();
    }

    synchronized void died(Error cause) {
        death = cause.getClass().getSimpleName();
    }

    /** @param isAlive whether there is somebody who counts */
    synchronized List<String> troubles(long now, boolean isAlive) {
        var troubles = new ArrayList<String>();
        if (!isAlive) {
            troubles.add(death == null ? "nobody counts" : "nobody counts since an error: " + death);
        }
        for (int i = 0; i < advancedAt.length; i++) {
            var still = Duration.ofNanos(now - advancedAt[i]);
            if (still.compareTo(MAX_STANDSTILL) > 0) {
                troubles.add("partition %d stands still for %d s%s"
                        .formatted(i, still.toSeconds(), failures[i] == null ? "" : ", " + failures[i]));
            }
        }
        return troubles;
    }
}
