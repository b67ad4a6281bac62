package menara.eventstore.mongodb.machine;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;

/**
 * Time and threads for everything in the store that waits or runs in the background. Beside {@link #REAL} there is one for simulation, in
 * which a seed decides the order of all threads.
 */
public interface Machine {

    Machine REAL = new RealMachine();

    /** As {@link System#nanoTime()}. */
    long nanoTime();

    /** Waits for the given time, or until the thread is unparked or interrupted. */
    void pause(long nanos);

    /** Makes daemon threads, which run as long as their owner is open and do not keep the process alive. */
    ThreadFactory workers(String name);

    /** Runs a short task on its own thread. */
    void run(Runnable work);

    /** Waits for a worker to end, for the limit at most. */
    void join(Thread worker, Duration limit) throws InterruptedException;
}
