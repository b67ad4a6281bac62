package menara.eventstore.mongodb.append;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import menara.eventstore.mongodb.EventTooLarge;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.LogListener;
import menara.eventstore.mongodb.NotStored;
import menara.eventstore.mongodb.commit.Commit;
import menara.eventstore.mongodb.commit.CommitCodec;
import menara.eventstore.mongodb.commit.Criteria;
import menara.eventstore.mongodb.commit.Question;
import menara.eventstore.mongodb.commit.StoredEvent;
import menara.eventstore.mongodb.commitlog.CommitInserter;
import menara.eventstore.mongodb.commitlog.GroupCommit;
import menara.eventstore.mongodb.commitlog.SubmissionQueue;
import menara.eventstore.mongodb.commitlog.Turns;
import menara.eventstore.mongodb.database.Deadline;
import menara.eventstore.mongodb.log.End;
import menara.eventstore.mongodb.log.EventLog;
import menara.eventstore.mongodb.machine.Machine;
import menara.eventstore.mongodb.read.MatchingEvents;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.axonframework.messaging.eventstreaming.Tag;

/**
 * Group commit. Concurrent transactions are stored in one document; each is checked against everything between its marker
 * and the head, and against those before it in the same document.
 */
public final class Appender
        implements SubmissionQueue.Writer<Pending>, GroupCommit.Judge<Pending, Commit>, AutoCloseable {

    private final EventLog log;
    private final Machine machine;
    private final MatchingEvents matching;
    private final CommitCodec codec;
    private final Limits limits;
    private final Clock clock;
    private final LogListener listener;
    private final Answers answers;
    private final GroupCommit<Pending, Commit> group;
    private final SubmissionQueue<Pending> queue;

    public Appender(
            EventLog log,
            MatchingEvents matching,
            CommitInserter<Commit> inserter,
            Turns turns,
            CommitCodec codec,
            Limits limits,
            Clock clock,
            LogListener listener) {
        this.log = log;
        this.machine = log.machine();
        this.matching = matching;
        this.codec = codec;
        this.limits = limits;
        this.clock = clock;
        this.listener = listener;
        this.answers = new Answers(machine, listener);
        this.group = new GroupCommit<>(log.commits(), inserter, turns, limits, this);
        this.queue = new SubmissionQueue<>(log.name(), limits, limits.maxCommitEvents(), machine, this);
    }

    /** @return completes with the marker after the transaction's last event once it is stored */
    public CompletableFuture<ConsistencyMarker> append(AppendCondition condition, List<StoredEvent> events) {
        int bytes = 0;
        for (var event : events) {
            bytes = Math.addExact(bytes, event.documentBytes());
        }
        if (bytes > limits.maxCommitBytes() || events.size() > limits.maxCommitEvents()) {
            return CompletableFuture.failedFuture(new EventTooLarge(events.size(), bytes, limits));
        }
        var pending = new Pending(
                condition,
                Criteria.of(condition),
                events,
                codec.pack(events),
                bytes,
                machine.nanoTime(),
                Thread.currentThread(),
                new CompletableFuture<>());
        queue.add(pending);
        return pending.done();
    }

    @Override
    public void write(List<Pending> batch) {
        group.write(batch);
    }

    @Override
    public void refuse(List<Pending> unsent, RuntimeException why) {
        answers.fail(unsent, why);
    }

    @Override
    public void failed(List<Pending> waiting, Throwable why) {
        answers.fail(waiting, why);
    }

    @Override
    public void catchUp(Deadline deadline) {
        log.catchUp(deadline);
    }

    @Override
    public Optional<GroupCommit.Proposal<Pending, Commit>> judge(List<Pending> waiting, Deadline deadline) {
        // Read once: the log's follower may move the head at any time, and a commit may only take the place
        // up to which its conditions were checked. If another process has that place, the insert fails.
        var end = log.recent().end();
        var accepted = new ArrayList<Pending>(waiting.size());
        var behind = new ArrayList<Pending>();
        var open = new ArrayList<Pending>(waiting.size());
        var tags = new HashSet<Tag>();
        var refused = new ArrayList<Pending>();
        for (var pending : waiting) {
            if (conflicts(pending.condition(), pending.criteria(), end.position(), deadline)) {
                refused.add(pending);
                continue;
            }
            open.add(pending);
            if (conflictsWithin(accepted, tags, pending)) {
                behind.add(pending);
            } else {
                accepted.add(pending);
                if (waiting.size() > 1) {
                    pending.events().forEach(event -> tags.addAll(event.tags()));
                }
            }
        }
        answers.reject(refused);
        return accepted.isEmpty()
                ? Optional.empty()
                : Optional.of(new Checked(commit(accepted, end), accepted, behind, open));
    }

    /** The result of checking a batch. */
    private final class Checked implements GroupCommit.Proposal<Pending, Commit> {

        private final Commit commit;
        private final List<Pending> accepted;
        private final List<Pending> behind;
        private final List<Pending> waiting;

        /**
         * @param accepted transactions of the commit
         * @param behind transactions that conflict only with accepted ones: they are refused once the commit is stored, and not before,
         * because it may fail
         * @param waiting both, in the order of arrival
         */
        Checked(Commit commit, List<Pending> accepted, List<Pending> behind, List<Pending> waiting) {
            this.commit = commit;
            this.accepted = accepted;
            this.behind = behind;
            this.waiting = waiting;
        }

        @Override
        public Commit commit() {
            return commit;
        }

        @Override
        public List<Pending> waiting() {
            return waiting;
        }

        @Override
        public void stored(long nanos) {
            log.advance(commit);
            answers.acknowledge(accepted, commit);
            log.wakeStreams();
            long bytes = accepted.stream().mapToLong(Pending::bytes).sum();
            listener.committed(accepted.size(), commit.events().size(), bytes, nanos);
            answers.reject(behind);
        }

        @Override
        public void overtaken() {
            listener.overtaken();
        }

        @Override
        public void failed(Throwable why) {
            answers.fail(accepted, why);
            answers.fail(behind, NotStored.behind(why));
        }
    }

    private Commit commit(List<Pending> transactions, End end) {
        var events = new ArrayList<StoredEvent>();
        var packed = new ArrayList<byte[]>();
        for (var pending : transactions) {
            events.addAll(pending.events());
            packed.addAll(pending.packed());
        }
        return new Commit(end.position(), UUID.randomUUID(), end.lastId(), clock.instant(), null, events, packed);
    }

    /** Whether an event that matches the condition was stored at or after its marker. */
    public boolean conflicts(AppendCondition condition, long head) {
        return conflicts(condition, Criteria.of(condition), head, Deadline.NONE);
    }

    private boolean conflicts(AppendCondition condition, Criteria criteria, long head, Deadline deadline) {
        if (isUnconditional(condition)) {
            return false;
        }
        long from = Math.max(0, GlobalIndexConsistencyMarker.position(condition.consistencyMarker()));
        return from < head && matching.any(new Question(criteria, from, head), deadline);
    }

    private static boolean isUnconditional(AppendCondition condition) {
        return condition.consistencyMarker().equals(ConsistencyMarker.INFINITY);
    }

    /** @param tags tags of all accepted events: most conditions name none of them, which is a quick check */
    private static boolean conflictsWithin(List<Pending> accepted, Set<Tag> tags, Pending pending) {
        var criteria = pending.criteria();
        if (accepted.isEmpty() || isUnconditional(pending.condition()) || !criteria.mayWant(tags)) {
            return false;
        }
        return accepted.stream()
                .flatMap(other -> other.events().stream())
                .anyMatch(event -> criteria.wants(event.type(), event.tags()));
    }

    /** Queued transactions are still written and answered. */
    @Override
    public void close() {
        queue.close();
    }
}
