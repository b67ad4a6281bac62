package menara.eventstore.mongodb;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import menara.eventstore.mongodb.Appender.Pending;

/**
 * Who writes when. One writes at a time: it has the turn. Whoever comes alone takes the turn and writes inline, on its own thread;
 * whoever comes meanwhile waits in the queue, and all of them travel in the next document, which a thread of ours writes.
 */
final class CommitQueue implements AutoCloseable {

    private final Limits limits;
    private final Consumer<List<Pending>> writer;
    private final ConcurrentLinkedQueue<Pending> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean turn = new AtomicBoolean();
    private final ExecutorService follower;

    /** @param writer writes a batch and answers each of it; must not throw */
    CommitQueue(String name, Limits limits, Consumer<List<Pending>> writer) {
        this.limits = limits;
        this.writer = writer;
        this.follower = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("append-" + name).factory());
    }

    void add(Pending pending) {
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
            writeBatch();
        }
        giveBack();
    }

    private void writeBatch() {
        writer.accept(takeBatch());
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
        }
        return batch;
    }

    /** What is queued is still written. */
    @Override
    public void close() {
        follower.close();
    }
}
