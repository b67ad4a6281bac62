package menara.eventstore.mongodb.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.NotStored;
import menara.eventstore.mongodb.machine.Machine;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class BoundedLockTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final BoundedLock lock = new BoundedLock();

    private static Deadline in(Duration time) {
        return Deadline.ofOutcome(Machine.REAL, Limits.DEFAULT.withOutcomeTimeout(time), Machine.REAL.nanoTime());
    }

    @Test
    void who_waits_for_too_long_is_told_that_nothing_was_done() throws InterruptedException {
        var release = new CountDownLatch(1);
        var holder = holding(release);

        assertThatThrownBy(() -> lock.locked(in(Duration.ofMillis(50)), () -> "done"))
                .isInstanceOf(NotStored.class);

        release.countDown();
        holder.join();
        assertThat(lock.locked(in(LIMIT), () -> "done")).isEqualTo("done");
    }

    @Test
    void who_is_interrupted_while_waiting_still_does_it_and_is_interrupted_afterwards() throws InterruptedException {
        var release = new CountDownLatch(1);
        var holder = holding(release);
        var done = new AtomicBoolean();
        var interrupted = new AtomicBoolean();
        var waiter = Thread.ofPlatform().start(() -> {
            done.set(lock.locked(in(LIMIT), () -> true));
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        Awaitility.await().atMost(LIMIT).until(() -> waiter.getState() == Thread.State.TIMED_WAITING);

        waiter.interrupt();
        release.countDown();
        waiter.join();
        holder.join();

        assertThat(done).isTrue();
        assertThat(interrupted).isTrue();
    }

    private Thread holding(CountDownLatch release) throws InterruptedException {
        var held = new CountDownLatch(1);
        var holder = Thread.ofPlatform()
                .start(() -> lock.locked(() -> {
                    held.countDown();
                    return awaited(release);
                }));
        held.await();
        return holder;
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
