package menara.eventstore.mongodb;

import static org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException.conflictingEventsDetected;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;

/**
 * Group commit. Transactions that come at the same time travel in one document; each is checked against everything between its marker
 * and the head, and against those before it in the same document.
 */
final class Appender implements AutoCloseable {

    private final EventLog log;
    private final MatchingEvents matching;
    private final CommitInserter inserter;
    private final Limits limits;
    private final Clock clock;
    private final LogListener listener;
    private final CommitQueue queue;

    /**
     * Each transaction is answered on a thread of its own: what goes on from there may block, or append again, and must hold up
     * neither the next commit nor the other answers.
     */
    private final ExecutorService answers = Executors.newVirtualThreadPerTaskExecutor();

    Appender(
            EventLog log,
            MatchingEvents matching,
            CommitInserter inserter,
            Limits limits,
            Clock clock,
            LogListener listener) {
        this.log = log;
        this.matching = matching;
        this.inserter = inserter;
        this.limits = limits;
        this.clock = clock;
        this.listener = listener;
        this.queue = new CommitQueue(log.name(), limits, this::write);
    }

    /** A transaction that waits for its outcome. */
    record Pending(
            AppendCondition condition,
            List<StoredEvent> events,
            int bytes,
            Thread caller,
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
        var pending = new Pending(condition, events, bytes, Thread.currentThread(), new CompletableFuture<>());
        queue.add(pending);
        return pending.done();
    }

    private void write(List<Pending> batch) {
        var remaining = batch;
        try {
            while (true) {
                long begun = System.nanoTime();
                // Read once: the log's follower may move the head at any time, and a commit may only take the place
                // up to which its conditions were checked. If somebody else has that place, the insert finds out.
                long head = log.recent().head();
                remaining = accepted(remaining, head);
                if (remaining.isEmpty()) {
                    return;
                }
                var commit = commit(remaining, head);
                if (inserter.insert(commit) == CommitInserter.Outcome.STORED) {
                    log.recent().advance(commit);
                    acknowledge(remaining, commit, System.nanoTime() - begun);
                    return;
                }
                listener.overtaken();
                log.catchUp();
            }
        } catch (RuntimeException | Error e) {
            // Whatever it was, those who wait must hear of it and the turn must be given back.
            remaining.forEach(pending -> answer(pending, () -> pending.done().completeExceptionally(e)));
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

    private void acknowledge(List<Pending> transactions, Commit commit, long nanos) {
        long next = commit.position();
        long bytes = 0;
        for (var pending : transactions) {
            next += pending.events().size();
            bytes += pending.bytes();
            var marker = new GlobalIndexConsistencyMarker(next);
            answer(pending, () -> pending.done().complete(marker));
        }
        log.wakeStreams();
        listener.committed(transactions.size(), commit.events().size(), bytes, nanos);
    }

    /** A caller who writes itself has not got its future yet: nothing goes on from there. */
    private void answer(Pending pending, Runnable answer) {
        if (pending.caller() == Thread.currentThread()) {
            answer.run();
        } else {
            answers.execute(answer);
        }
    }

    /** Those without a conflict; the others are refused. */
    private List<Pending> accepted(List<Pending> batch, long head) {
        var accepted = new ArrayList<Pending>(batch.size());
        for (var pending : batch) {
            if (conflicts(pending.condition(), head) || conflictsWithin(accepted, pending.condition())) {
                var marker = pending.condition().consistencyMarker();
                answer(pending, () -> pending.done().completeExceptionally(conflictingEventsDetected(marker)));
                listener.conflicted();
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

    /** What is queued is still written and answered. */
    @Override
    public void close() {
        queue.close();
        answers.close();
    }
}
