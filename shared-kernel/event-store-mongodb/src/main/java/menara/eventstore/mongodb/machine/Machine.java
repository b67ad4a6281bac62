package menara.eventstore.mongodb.machine;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;

/**
 * Time that passes and threads that work, for everything of the store that waits or works beside its callers. There is one other than
 * {@link #REAL}: a simulation's, in which one seed decides who goes on when.
 */
public interface Machine {

    Machine REAL = new RealMachine();

    /** As {@link System#nanoTime()}. */
    long nanoTime();

    /** Waits for so long, or until the thread is unparked or interrupted. */
    void pause(long nanos);

    /** Makes threads that work for as long as their owner is open, and hold up nobody's end. */
    ThreadFactory workers(String name);

    /** Does something short on a thread of its own. */
    void run(Runnable work);

    /** Waits for a worker to end, for the limit at most. */
    void join(Thread worker, Duration limit) throws InterruptedException;
}
