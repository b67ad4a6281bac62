package menara.eventstore.mongodb.database;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import menara.eventstore.mongodb.NotStored;

/** A lock under which the database may be asked, and that nobody waits for longer than for what they need it for. */
public final class BoundedLock {

    private final ReentrantLock lock = new ReentrantLock();

    /** Does something while nobody else does. */
    public <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The same for somebody who waits so long.
     *
     * @throws NotStored if others keep it for longer; nothing was done
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
