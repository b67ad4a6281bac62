package menara.platform.time;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import menara.eventstore.mongodb.MongoDueDates;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Takes what is due and does it, one item after the other. Work that fails is left to its claim's time-out and tried again. */
final class DueDatePoller implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(DueDatePoller.class);

    private static final Duration PAUSE = Duration.ofMillis(250);

    private final MongoDueDates due;
    private final Map<String, DueWork> work;
    private volatile boolean running;
    private Thread thread = new Thread();

    DueDatePoller(MongoDueDates due, List<DueWork> work) {
        this.due = due;
        this.work = work.stream().collect(Collectors.toMap(DueWork::kind, Function.identity()));
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().daemon().name("due-dates").start(this::poll);
    }

    private void poll() {
        while (running) {
            try {
                for (var item = due.take(); running && item.isPresent(); item = due.take()) {
                    run(item.get());
                }
            } catch (RuntimeException e) {
                LOG.warn("due work cannot be read, trying again", e);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void run(MongoDueDates.Taken item) {
        var worker = work.get(item.kind());
        if (worker == null) {
            LOG.warn("nobody here does due work of kind {}; left for an instance that does", item.kind());
            return;
        }
        try {
            worker.run(item.id(), item.dueAt());
            due.complete(item);
        } catch (RuntimeException e) {
            LOG.error("due work {} {} failed and will be tried again", item.kind(), item.id(), e);
        }
    }

    @Override
    public void stop() {
        running = false;
        LockSupport.unpark(thread);
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
