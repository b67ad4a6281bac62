package menara.billing.usage.log;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Seals and merges the keys of older usage in the background, without blocking ingestion or counting. */
@Component
class UsageKeyKeeping implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(UsageKeyKeeping.class);

    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration MAX_STOP = Duration.ofSeconds(5);

    private final UsageLog log;
    private volatile boolean running;
    private volatile Thread thread = new Thread();

    UsageKeyKeeping(UsageLog log) {
        this.log = log;
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().daemon().name("usage-keys").start(this::keep);
    }

    private void keep() {
        while (running) {
            for (var partition : log.partitions()) {
                keep(partition);
            }
            LockSupport.parkNanos(EVERY.toNanos());
        }
    }

    private void keep(UsagePartition partition) {
        try {
            while (running && (partition.seal() || partition.merge())) {
                // until all is sealed and merged; full pieces are sealed before any are merged
            }
        } catch (RuntimeException e) {
            LOG.warn("keys of partition {} of the usage log cannot be sealed now, trying again", partition.number(), e);
        }
    }

    @Override
    public void stop() {
        running = false;
        LockSupport.unpark(thread);
        try {
            thread.join(MAX_STOP);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
