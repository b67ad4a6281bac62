package menara.eventstore.mongodb.commitlog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.NotStored;
import menara.eventstore.mongodb.machine.Machine;

/**
 * The queue of writers. One writes at a time: it has the turn. A caller that comes alone takes the turn and writes inline, on its own
 * thread; callers that come meanwhile wait in the queue, and are all stored in the next document, which a thread of the queue writes.
 */
public final class SubmissionQueue<S extends Submission> implements AutoCloseable {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Writes the submissions of the queue. Answers all of them, and does not throw. */
    public interface Writer<S extends Submission> {

        /** Writes a batch. */
        void write(List<S> batch);

        /** Nothing of these was sent, and nothing will be. */
        void refuse(List<S> unsent, RuntimeException why);
    }

    private final Limits limits;
    private final int maxSize;
    private final Machine machine;
    private final Writer<S> writer;
    private final ConcurrentLinkedQueue<S> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicBoolean turn = new AtomicBoolean();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final ExecutorService follower;

    /** Set with the last turn, which is kept: nothing is written after it. */
    private volatile boolean ended;

    /** @param maxSize of one commit; a single submission may be larger */
    public SubmissionQueue(String name, Limits limits, int maxSize, Machine machine, Writer<S> writer) {
        this.limits = limits;
        this.maxSize = maxSize;
        this.machine = machine;
        this.writer = writer;
        this.follower = Executors.newSingleThreadExecutor(machine.workers("append-" + name));
    }

    public void add(S pending) {
        if (closing.get()) {
            writer.refuse(List.of(pending), NotStored.closed());
            return;
        }
        if (queuedBytes.addAndGet(pending.bytes()) > limits.maxQueuedBytes()) {
            queuedBytes.addAndGet(-pending.bytes());
            writer.refuse(List.of(pending), NotStored.tooMuchWaits(limits.maxQueuedBytes()));
            return;
        }
        queue.add(pending);
        if (turn.compareAndSet(false, true)) {
            writeBatch();
            // A caller writes once, and not as long as other callers come.
            handOver();
        } else if (ended) {
            refuseAll(); // the queue may have been closed just before this submission was queued
        }
    }

    private void handOver() {
        if (queue.isEmpty()) {
            giveBack();
        } else {
            follower.execute(this::writeForOthers);
        }
    }

    /** Submissions queued after the last check found the turn taken and rely on this thread. */
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
        refuseLate();
        var batch = takeBatch();
        if (!batch.isEmpty()) {
            writer.write(batch);
        }
    }

    /**
     * A submission that waited for half of its time is refused instead of sent: the rest might not be enough to learn the outcome. The
     * queue is in order of arrival, so the late ones are in front.
     */
    private void refuseLate() {
        long now = machine.nanoTime();
        long patience = limits.outcomeTimeout().toNanos() / 2;
        var late = new ArrayList<S>();
        for (var next = queue.peek(); next != null && now - next.since() > patience; next = queue.peek()) {
            late.add(removed());
        }
        if (!late.isEmpty()) {
            writer.refuse(late, NotStored.waitedFor(Duration.ofNanos(patience)));
        }
    }

    private List<S> takeBatch() {
        var batch = new ArrayList<S>();
        int bytes = 0;
        int size = 0;
        for (var next = queue.peek(); next != null; next = queue.peek()) {
            bytes += next.bytes();
            size += next.size();
            if (!batch.isEmpty() && (bytes > limits.maxCommitBytes() || size > maxSize)) {
                break;
            }
            batch.add(removed());
        }
        return batch;
    }

    private S removed() {
        var first = queue.remove();
        queuedBytes.addAndGet(-first.bytes());
        return first;
    }

    private void refuseAll() {
        var left = new ArrayList<S>();
        for (var next = queue.poll(); next != null; next = queue.poll()) {
            queuedBytes.addAndGet(-next.bytes());
            left.add(next);
        }
        if (!left.isEmpty()) {
            writer.refuse(left, NotStored.closed());
        }
    }

    /**
     * Queued submissions are still written; new ones are refused. Takes the last turn itself, because a holder of the turn must always find
     * a thread to pass it to.
     */
    @Override
    public void close() {
        if (closing.getAndSet(true)) {
            return;
        }
        boolean last = awaitTurn();
        while (last && !queue.isEmpty()) {
            writeBatch();
        }
        ended = true;
        refuseAll();
        if (last) {
            follower.shutdown();
        }
    }

    /** @return false if the turn is held for longer than any write may take */
    private boolean awaitTurn() {
        long begun = machine.nanoTime();
        long limit = limits.outcomeTimeout().multipliedBy(2).toNanos();
        boolean interrupted = false;
        boolean ours = turn.compareAndSet(false, true);
        while (!ours && machine.nanoTime() - begun < limit) {
            machine.pause(LOOK_NANOS);
            interrupted |= Thread.interrupted();
            ours = turn.compareAndSet(false, true);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return ours;
    }
}
