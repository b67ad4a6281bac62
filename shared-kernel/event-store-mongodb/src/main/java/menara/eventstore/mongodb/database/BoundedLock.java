package menara.eventstore.mongodb.database;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import menara.eventstore.mongodb.NotStored;

/** A lock that may be held during calls to the database, with a limit on the wait for it. */
public final class BoundedLock {

    private final ReentrantLock lock = new ReentrantLock();

    /** Runs an action under the lock. */
    public <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The same with a limit on the wait.
     *
     * @throws NotStored if the wait takes longer; the action did not run
     */
    public <T> T locked(Deadline deadline, Supplier<T> work) {
        if (deadline.equals(Deadline.NONE)) {
            return locked(work);
        }
        take(deadline);
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Who is interrupted may write for others: it goes on, and is interrupted again afterwards. */
    private void take(Deadline deadline) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (lock.tryLock(deadline.nanosLeft(), TimeUnit.NANOSECONDS)) {
                        return;
                    }
                    throw NotStored.lookedFor();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
