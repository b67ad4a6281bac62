package menara.eventstore.mongodb;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import menara.eventstore.mongodb.Appender.Pending;

/**
 * Who writes when. One writes at a time: it has the turn. Whoever comes alone takes the turn and writes inline, on its own thread;
 * whoever comes meanwhile waits in the queue, and all of them travel in the next document, which a thread of ours writes.
 */
final class CommitQueue implements AutoCloseable {

    /** With so many at once it pays to wait a moment for the others of the last two rounds, who have just been answered. */
    private static final int CROWD = 8;

    private static final long MAX_GATHER_NANOS = TimeUnit.MICROSECONDS.toNanos(300);
    private static final long GATHER_STEP_NANOS = TimeUnit.MICROSECONDS.toNanos(1);

    private final Limits limits;
    private final Consumer<List<Pending>> writer;
    private final ConcurrentLinkedQueue<Pending> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicBoolean turn = new AtomicBoolean();
    private final ExecutorService follower;

    // What the last rounds were like; only whoever has the turn reads and writes these.
    private int lastSize;
    private int sizeBefore;
    private long lastNanos;

    /** @param writer writes a batch and answers each of it; must not throw */
    CommitQueue(String name, Limits limits, Consumer<List<Pending>> writer) {
        this.limits = limits;
        this.writer = writer;
        this.follower = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("append-" + name).factory());
    }

    void add(Pending pending) {
        queued.incrementAndGet();
        queue.add(pending);
        if (turn.compareAndSet(false, true)) {
            writeBatch();
            // A caller writes once, not for as long as others come.
            handOver();
        }
    }

    private void handOver() {
        if (queue.isEmpty()) {
            giveBack();
        } else {
            follower.execute(this::writeForOthers);
        }
    }

    /** Whoever queued after our last look found the turn taken and relies on us. */
    private void giveBack() {
        turn.set(false);
        if (!queue.isEmpty() && turn.compareAndSet(false, true)) {
            follower.execute(this::writeForOthers);
        }
    }

    private void writeForOthers() {
        while (!queue.isEmpty()) {
            gather();
            writeBatch();
        }
        giveBack();
    }

    private void gather() {
        int expected = lastSize + sizeBefore;
        if (expected < CROWD) {
            return;
        }
        long until = System.nanoTime() + Math.min(lastNanos / 2, MAX_GATHER_NANOS);
        while (queued.get() < expected && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(GATHER_STEP_NANOS);
        }
    }

    private void writeBatch() {
        var batch = takeBatch();
        long begun = System.nanoTime();
        writer.accept(batch);
        lastNanos = System.nanoTime() - begun;
        sizeBefore = lastSize;
        lastSize = batch.size();
    }

    private List<Pending> takeBatch() {
        var batch = new ArrayList<Pending>();
        int bytes = 0;
        int events = 0;
        for (var next = queue.peek(); next != null; next = queue.peek()) {
            bytes += next.bytes();
            events += next.events().size();
            if (!batch.isEmpty() && (bytes > limits.maxCommitBytes() || events > limits.maxCommitEvents())) {
                break;
            }
            batch.add(next);
            queue.remove();
            queued.decrementAndGet();
        }
        return batch;
    }

    /** What is queued is still written. */
    @Override
    public void close() {
        follower.close();
    }
}
