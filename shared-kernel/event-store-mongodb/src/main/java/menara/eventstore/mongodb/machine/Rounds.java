package menara.eventstore.mongodb.machine;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that is repeated on its own thread until it is closed. A round that fails is logged now and then and tried again after growing
 * pauses, whatever the failure: a thread that ended silently would leave others waiting.
 */
public final class Rounds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long MAX_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Longer than a round should take; a thread that hangs longer is left to end by itself. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final String name;
    private final Round round;
    private final Machine machine;
    private final Thread thread;
    private final Complaints complaints = new Complaints(System::nanoTime);
    private boolean told;
    private long pause = FIRST_PAUSE_NANOS;
    private volatile boolean open = true;
    private volatile @Nullable Throwable fault;

    /** One round of the work. */
    @FunctionalInterface
    public interface Round {

        /** @return nanoseconds until the next round, which may come earlier */
        long run();
    }

    /** @param name of the thread */
    public Rounds(String name, Round round) {
        this(name, round, Machine.REAL);
    }

    public Rounds(String name, Round round, Machine machine) {
        this.name = name;
        this.round = round;
        this.machine = machine;
        this.thread = machine.workers(name).newThread(this::run);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        while (open) {
            long next;
            try {
                next = round.run();
                succeeded();
            } catch (RuntimeException | Error e) {
                next = failed(e);
            }
            if (next > 0) {
                machine.pause(next);
            }
        }
    }

    private void succeeded() {
        if (fault != null) {
            if (told) {
                LOG.info("{} works again", name);
                told = false;
            }
            fault = null;
            pause = FIRST_PAUSE_NANOS;
        }
    }

    private long failed(Throwable e) {
        if (open && complaints.isDue(e.getClass())) {
            LOG.error("{} fails and tries again", name, e);
            told = true;
        }
        fault = e;
        long next = pause;
        pause = Math.min(2 * pause, MAX_PAUSE_NANOS);
        return next;
    }

    /** Why the last round failed; empty if it did not. */
    public Optional<Throwable> fault() {
        return Optional.ofNullable(fault);
    }

    /** Whether more rounds are wanted; a long round checks now and then. */
    public boolean isOpen() {
        return open;
    }

    /** Begins the next round at once. */
    public void wake() {
        LockSupport.unpark(thread);
    }

    /** Waits for the present round. */
    @Override
    public void close() {
        open = false;
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        wake();
        try {
            machine.join(thread, STOP_LIMIT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
