package menara.eventstore.mongodb;

import static org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException.conflictingEventsDetected;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;

/**
 * Group commit. Whoever comes first writes, inline; whoever comes meanwhile waits in the queue and travels in the next document.
 * Each transaction is checked against everything between its marker and the head, and against those before it in the same document.
 */
final class Appender {

    private final RecentCommits recent;
    private final MatchingEvents matching;
    private final CommitInserter inserter;
    private final Runnable catchUp;
    private final Runnable onStored;
    private final Limits limits;
    private final Clock clock;
    private final Executor followers;
    private final LogListener listener;
    private final ConcurrentLinkedQueue<Pending> queue = new ConcurrentLinkedQueue<>();
    private final ReentrantLock writing = new ReentrantLock();

    /**
     * @param catchUp reads what others have appended
     * @param onStored told after each commit, outside of the turn to write
     * @param followers writes for those who queued while a caller wrote
     */
    Appender(
            RecentCommits recent,
            MatchingEvents matching,
            CommitInserter inserter,
            Runnable catchUp,
            Runnable onStored,
            Limits limits,
            Clock clock,
            Executor followers,
            LogListener listener) {
        this.recent = recent;
        this.matching = matching;
        this.inserter = inserter;
        this.catchUp = catchUp;
        this.onStored = onStored;
        this.limits = limits;
        this.clock = clock;
        this.followers = followers;
        this.listener = listener;
    }

    private record Pending(
            AppendCondition condition,
            List<StoredEvent> events,
            int bytes,
            CompletableFuture<ConsistencyMarker> done) {}

    /** @return completes with the marker behind the transaction's last event once it is stored */
    CompletableFuture<ConsistencyMarker> append(AppendCondition condition, List<StoredEvent> events) {
        int bytes = 0;
        for (var event : events) {
            bytes = Math.addExact(bytes, event.documentBytes());
        }
        if (bytes > limits.maxCommitBytes() || events.size() > limits.maxCommitEvents()) {
            return CompletableFuture.failedFuture(new EventTooLarge(events.size(), bytes, limits));
        }
        var pending = new Pending(condition, events, bytes, new CompletableFuture<>());
        queue.add(pending);
        writeOnce();
        return pending.done();
    }

    private void writeOnce() {
        if (!writing.tryLock()) {
            return; // whoever writes now looks into the queue once more when it is done
        }
        Runnable acknowledge;
        try {
            acknowledge = write(takeBatch());
        } finally {
            writing.unlock();
        }
        if (!queue.isEmpty()) {
            // A caller writes for others once, not for as long as others come.
            followers.execute(this::writeOnce);
        }
        // Outside of the turn: what waits for an acknowledgement may run here, and take its time.
        acknowledge.run();
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

    /** @return tells those of the batch how it ended */
    private Runnable write(List<Pending> batch) {
        var refused = new ArrayList<Pending>();
        var remaining = batch;
        try {
            while (true) {
                long begun = System.nanoTime();
                // Read once: the log's follower may move the head at any time, and a commit may only take the place up
                // to which its
                // conditions were checked. If somebody else has taken that place, the insert finds out.
                long head = recent.head();
                remaining = accepted(remaining, refused, head);
                if (remaining.isEmpty()) {
                    return () -> refuse(refused);
                }
                var commit = commit(remaining, head);
                if (inserter.insert(commit) == CommitInserter.Outcome.STORED) {
                    recent.advance(commit);
                    return stored(remaining, refused, commit, System.nanoTime() - begun);
                }
                listener.overtaken();
                catchUp.run();
            }
        } catch (RuntimeException e) {
            var failed = remaining;
            return () -> {
                refuse(refused);
                failed.forEach(pending -> pending.done().completeExceptionally(e));
            };
        }
    }

    private Runnable stored(List<Pending> transactions, List<Pending> refused, Commit commit, long nanos) {
        return () -> {
            refuse(refused);
            long next = commit.position();
            long bytes = 0;
            for (var pending : transactions) {
                next += pending.events().size();
                bytes += pending.bytes();
                pending.done().complete(new GlobalIndexConsistencyMarker(next));
            }
            onStored.run();
            listener.committed(transactions.size(), commit.events().size(), bytes, nanos);
        };
    }

    private void refuse(List<Pending> refused) {
        for (var pending : refused) {
            pending.done()
                    .completeExceptionally(
                            conflictingEventsDetected(pending.condition().consistencyMarker()));
            listener.conflicted();
        }
    }

    private Commit commit(List<Pending> transactions, long position) {
        List<StoredEvent> events;
        if (transactions.size() == 1) {
            events = transactions.getFirst().events();
        } else {
            events = new ArrayList<>();
            transactions.forEach(pending -> events.addAll(pending.events()));
        }
        return new Commit(position, UUID.randomUUID(), clock.instant(), Commit.NO_PROGRESS, events);
    }

    /** Those without a conflict; the others are added to {@code refused}. */
    private List<Pending> accepted(List<Pending> batch, List<Pending> refused, long head) {
        var accepted = new ArrayList<Pending>(batch.size());
        for (var pending : batch) {
            if (conflicts(pending.condition(), head) || conflictsWithin(accepted, pending.condition())) {
                refused.add(pending);
            } else {
                accepted.add(pending);
            }
        }
        return accepted;
    }

    /** Whether an event that the condition speaks of was stored at or after its marker. */
    boolean conflicts(AppendCondition condition, long head) {
        var marker = condition.consistencyMarker();
        if (marker.equals(ConsistencyMarker.INFINITY)) {
            return false;
        }
        long from = Math.max(0, GlobalIndexConsistencyMarker.position(marker));
        return from < head && matching.any(Question.of(condition, from, head));
    }

    private static boolean conflictsWithin(List<Pending> accepted, AppendCondition condition) {
        if (condition.consistencyMarker().equals(ConsistencyMarker.INFINITY)) {
            return false;
        }
        for (var other : accepted) {
            for (var event : other.events()) {
                if (condition.matches(event.type(), event.tags())) {
                    return true;
                }
            }
        }
        return false;
    }
}
