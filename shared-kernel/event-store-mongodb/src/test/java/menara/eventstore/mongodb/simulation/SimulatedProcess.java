package menara.eventstore.mongodb.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import menara.eventstore.mongodb.SimulatedMachine;

/** A process of the simulated house: its threads, its clock, and its end, after which none of its threads does anything any more. */
final class SimulatedProcess extends SimulatedMachine {

    /** Where every history begins. */
    static final Instant BEGINNING = Instant.parse("2026-03-01T10:30:00Z");

    private static final long JOIN_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final String name;
    private final Scheduler scheduler;
    private final Duration skew;
    private boolean alive = true;

    /** @param skew what its clock goes ahead by */
    SimulatedProcess(String name, Scheduler scheduler, Duration skew) {
        this.name = name;
        this.scheduler = scheduler;
        this.skew = skew;
    }

    String name() {
        return name;
    }

    boolean isAlive() {
        return alive;
    }

    /** As {@code kill -9}: no {@code finally}, no farewell. */
    void kill() {
        alive = false;
    }

    @Override
    public long nanoTime() {
        return scheduler.now();
    }

    @Override
    public void pause(long nanos) {
        var thread = Thread.currentThread();
        var timer = scheduler.at(scheduler.now() + nanos, () -> LockSupport.unpark(thread));
        LockSupport.park(this);
        timer.cancel();
    }

    /** Waits for all of it, whoever unparks the thread. */
    void sleep(long nanos) {
        waitFor(() -> false, nanos);
    }

    /** @return false if what is waited for did not come within the limit; whoever makes it come unparks the thread */
    boolean waitFor(BooleanSupplier come, long nanos) {
        long until = scheduler.now() + nanos;
        while (!come.getAsBoolean()) {
            long left = until - scheduler.now();
            if (left <= 0) {
                return false;
            }
            pause(left);
        }
        return true;
    }

    /** @return false if the future was not completed within the limit */
    boolean waitFor(CompletableFuture<?> future, long nanos) {
        var thread = Thread.currentThread();
        future.whenComplete((_, _) -> LockSupport.unpark(thread));
        return waitFor(future::isDone, nanos);
    }

    @Override
    public ThreadFactory workers(String worker) {
        return work -> scheduler.threadsOf(this).name(name + "/" + worker).unstarted(work);
    }

    @Override
    public void run(Runnable work) {
        scheduler.threadsOf(this).start(work);
    }

    @Override
    public void join(Thread worker, Duration limit) {
        long until = scheduler.now() + limit.toNanos();
        while (worker.isAlive() && scheduler.now() < until) {
            pause(JOIN_LOOK_NANOS);
        }
    }

    Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return BEGINNING.plusNanos(scheduler.now()).plus(skew);
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
