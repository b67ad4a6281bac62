package menara.eventstore.mongodb.machine;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;

/** The machine that the process runs on. */
final class RealMachine implements Machine {

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void pause(long nanos) {
        LockSupport.parkNanos(nanos);
    }

    @Override
    public ThreadFactory workers(String name) {
        return Thread.ofPlatform().daemon().name(name).factory();
    }

    @Override
    public void run(Runnable work) {
        Thread.startVirtualThread(work);
    }

    @Override
    public void join(Thread worker, Duration limit) throws InterruptedException {
        worker.join(limit);
    }
}
