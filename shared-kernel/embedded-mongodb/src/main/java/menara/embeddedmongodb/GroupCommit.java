package menara.embeddedmongodb;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits the store once for all connections that wait for it. One thread commits; while it does, the next group gathers.
 *
 * <p>A command touches several maps (data, each unique index, sizes). Commands therefore share a lock that a commit takes alone: no
 * version on disk ever holds half a command, which would leave an index pointing at a document that is not there.
 */
final class GroupCommit implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

    /** A connection whose command has run and whose reply waits. At most one per connection, which bounds the queue. */
    interface Waiting {
        void committed();

        /** The store could not be written: whether the command is stored is unknown. */
        void failed();
    }

    private static final Waiting CLOSE = new Waiting() {
        @Override
        public void committed() {}

        @Override
        public void failed() {}
    };

    private final MVStore store;
    private final Durability durability;
    // Fair, or a stream of commands would delay the commit that they themselves wait for.
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);
    private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final Thread thread;

    /** Number of write commands begun; their changes may be read at once. */
    private final AtomicLong begun = new AtomicLong();

    /** Number of write commands that are durable. */
    private volatile long durable;

    GroupCommit(MVStore store, Durability durability) {
        this.store = store;
        this.durability = durability;
        this.thread =
                Thread.ofPlatform().name("embedded-mongodb-commit").daemon().start(this::run);
    }

    /** Runs a command that writes; no commit cuts through it. */
    void write(Runnable command) {
        lock.readLock().lock();
        try {
            begun.incrementAndGet();
            command.run();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Whether data that can be read now may still be lost. */
    boolean isBehind() {
        return durable < begun.get();
    }

    /** Calls {@code waiting}, on the commit thread, once everything written before this call is durable. */
    void afterCommit(Waiting waiting) {
        queue.add(waiting);
    }

    private void run() {
        List<Waiting> group = new ArrayList<>();
        while (!group.contains(CLOSE)) {
            group.clear();
            try {
                group.add(queue.take());
                commit(group);
            } catch (MVStoreException e) {
                log.error("The data file could not be written; writers are disconnected without a reply", e);
                group.forEach(Waiting::failed);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void commit(List<Waiting> group) {
        long committed;
        lock.writeLock().lock();
        try {
            queue.drainTo(group); // commands that arrived while this thread waited for the lock have finished too
            committed = begun.get();
            store.commit();
        } finally {
            lock.writeLock().unlock();
        }
        if (durability == Durability.POWER_LOSS) {
            store.sync();
        }
        durable = committed;
        group.forEach(Waiting::committed);
    }

    /** Commits what is left and stops. */
    @Override
    public void close() {
        queue.add(CLOSE);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
