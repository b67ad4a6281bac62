package menara.billing.usage.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import menara.billing.usage.events.Faults;
import menara.billing.usage.events.Hash128;
import menara.billing.usage.events.UsageDocument;
import menara.billing.usage.events.UsageEntry;
import menara.billing.usage.log.UsagePartition.Outcome;
import menara.billing.usage.log.UsagePartition.Verdict;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.LogListener;
import menara.eventstore.mongodb.NotStored;
import menara.eventstore.mongodb.commitlog.CommitInserter;
import menara.eventstore.mongodb.commitlog.GroupCommit;
import menara.eventstore.mongodb.commitlog.SubmissionQueue;
import menara.eventstore.mongodb.commitlog.Turns;
import menara.eventstore.mongodb.database.Deadline;

/** Judges reported events against all events of a partition, and writes the accepted ones: each event once, among all instances. */
final class UsageWriter
        implements SubmissionQueue.Writer<ReportedEvents>, GroupCommit.Judge<ReportedEvents, UsageDocument> {

    private final PartitionLog log;
    private final Successions successions;
    private final Limits limits;
    private final LogListener listener;
    private final CommitInserter<UsageDocument> inserter;
    private final GroupCommit<ReportedEvents, UsageDocument> group;
    private final SubmissionQueue<ReportedEvents> queue;

    UsageWriter(PartitionLog log, Successions successions, Turns turns, Limits limits, LogListener listener) {
        this.log = log;
        this.successions = successions;
        this.limits = limits;
        this.listener = listener;
        var commits = log.commits();
        this.inserter = new CommitInserter<>(commits, limits, listener);
        this.group = new GroupCommit<>(commits, inserter, turns, limits, this);
        this.queue = new SubmissionQueue<>(
                commits.name(), limits, UsagePartition.MAX_EVENTS_PER_DOCUMENT, commits.machine(), this);
    }

    /**
     * Durable when it returns.
     *
     * @param since when the caller began to wait
     * @return empty if the log is closed: no entry was judged
     */
    Optional<Outcome> append(List<UsageEntry> entries, Instant receivedAt, long since) {
        var deadline = Deadline.ofOutcome(log.commits().machine(), limits, since);
        var named = entries.stream().flatMap(UsageWriter::superseded).collect(Collectors.toSet());
        var reported = new ReportedEvents(
                entries,
                successions.of(named, deadline).before(),
                receivedAt,
                entries.stream().mapToInt(UsageEntry::storedBytes).sum(),
                since,
                new CompletableFuture<>());
        queue.add(reported);
        try {
            return reported.outcome().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public void write(List<ReportedEvents> batch) {
        var deadline = Deadline.ofOutcome(
                log.commits().machine(), limits, batch.getFirst().since());
        try {
            log.locked(deadline, () -> {
                try {
                    group.write(batch);
                } finally {
                    log.known().endStep();
                }
                return batch;
            });
        } catch (NotStored late) {
            refuse(batch, late); // the whole group waits only as long as its first member may
        }
    }

    @Override
    public void refuse(List<ReportedEvents> unsent, RuntimeException why) {
        unsent.forEach(reported -> reported.outcome().completeExceptionally(why));
    }

    @Override
    public void catchUp(Deadline deadline) {
        log.catchUp(deadline);
    }

    /** A damaged document that one request depends on does not affect the others. */
    @Override
    public void failed(List<ReportedEvents> waiting, Throwable why) {
        if (waiting.size() > 1 && why instanceof RuntimeException e && !Faults.isOfDatabase(e)) {
            waiting.forEach(reported -> group.write(List.of(reported)));
        } else {
            waiting.forEach(reported -> reported.outcome().completeExceptionally(why));
        }
    }

    /**
     * Another instance may just have accepted the event that is missing here: before a refusal the entries are judged again with everything
     * read.
     */
    @Override
    public Optional<GroupCommit.Proposal<ReportedEvents, UsageDocument>> judge(
            List<ReportedEvents> waiting, Deadline deadline) {
        log.sealTooMuch(deadline);
        if (log.isClosed()) {
            return ended(waiting);
        }
        var judged = new Judged(waiting, deadline);
        if (judged.missesSomething()) {
            judged.forget();
            log.catchUp(deadline);
            if (log.isClosed()) {
                return ended(waiting);
            }
            judged = new Judged(waiting, deadline);
        }
        if (judged.accepted.isEmpty()) {
            judged.answer();
            return Optional.empty();
        }
        return Optional.of(new Written(judged));
    }

    private static Optional<GroupCommit.Proposal<ReportedEvents, UsageDocument>> ended(List<ReportedEvents> waiting) {
        waiting.forEach(reported -> reported.outcome().complete(Optional.empty()));
        return Optional.empty();
    }

    /** The events that the verdict on one depends on. */
    private static Stream<Hash128> namedBy(UsageEntry entry) {
        return Stream.concat(Stream.of(entry.key()), superseded(entry));
    }

    private static Stream<Hash128> superseded(UsageEntry entry) {
        return entry.event().superseded().map(key -> key.of(entry.party().value())).stream();
    }

    /** The verdict on each, if the accepted ones are written. Accepted events count as known until they are forgotten again. */
    private final class Judged {

        private final List<ReportedEvents> waiting;
        private final List<UsageEntry> accepted = new ArrayList<>();
        private final List<List<Verdict>> verdicts = new ArrayList<>();

        Judged(List<ReportedEvents> waiting, Deadline deadline) {
            this.waiting = waiting;
            var known = log.known();
            known.within(deadline);
            waiting.forEach(reported -> known.lookUp(reported.before()));
            known.lookUp(waiting.stream()
                    .flatMap(reported -> reported.entries().stream())
                    .flatMap(UsageWriter::namedBy)
                    .toList());
            boolean complete = false;
            try {
                for (var reported : waiting) {
                    verdicts.add(reported.entries().stream().map(this::judge).toList());
                }
                complete = true;
            } finally {
                if (!complete) {
                    forget();
                }
            }
        }

        private Verdict judge(UsageEntry entry) {
            var known = log.known();
            var before = known.sameContent(entry);
            if (before.isPresent()) {
                return before.get() ? Verdict.DUPLICATE : Verdict.CONFLICT;
            }
            var superseding = entry;
            var named = entry.event().superseded();
            if (named.isPresent()) {
                var last = known.last(named.get().of(entry.party().value()));
                if (last.isEmpty()) {
                    return Verdict.TOO_OFTEN_CORRECTED;
                }
                if (!known.isThere(last.get())) {
                    return Verdict.NOTHING_TO_SUPERSEDE;
                }
                if (known.isRetraction(last.get())) {
                    return Verdict.RETRACTED;
                }
                superseding = entry.superseding(last.get());
            }
            known.remember(superseding, log.end());
            accepted.add(superseding);
            return Verdict.ACCEPTED;
        }

        boolean missesSomething() {
            return verdicts.stream().flatMap(List::stream).anyMatch(Verdict.NOTHING_TO_SUPERSEDE::equals);
        }

        void forget() {
            accepted.forEach(log.known()::forget);
        }

        void answer() {
            for (int i = 0; i < waiting.size(); i++) {
                waiting.get(i).outcome().complete(Optional.of(new Outcome(verdicts.get(i), log.end())));
            }
        }
    }

    /** The document of the accepted events. */
    private final class Written implements GroupCommit.Proposal<ReportedEvents, UsageDocument> {

        private final Judged judged;
        private final UsageDocument document;
        private boolean stored;

        Written(Judged judged) {
            this.judged = judged;
            this.document = log.documents()
                    .document(
                            log.end(),
                            log.lastId(),
                            judged.accepted,
                            judged.waiting.getFirst().receivedAt());
        }

        @Override
        public UsageDocument commit() {
            return document;
        }

        @Override
        public List<ReportedEvents> waiting() {
            return judged.waiting;
        }

        @Override
        public void stored(long nanos) {
            stored = true;
            log.written(document, judged.accepted);
            judged.answer();
            listener.committed(
                    judged.waiting.size(), document.count(), document.events().length(), nanos);
        }

        @Override
        public void overtaken() {
            listener.overtaken();
            judged.forget();
        }

        @Override
        public void failed(Throwable why) {
            if (!stored) {
                judged.forget(); // stored events must be known, whatever fails afterwards
            }
            UsageWriter.this.failed(judged.waiting, why);
        }
    }

    /** Closes the log, also while other instances write, and seals all its keys. */
    void end() {
        log.locked(() -> {
            var deadline = Deadline.ofOutcome(
                    log.commits().machine(), limits, log.commits().machine().nanoTime());
            log.commits().verifyIfDue(deadline);
            log.catchUp(deadline);
            while (!log.isClosed()) {
                var closing = log.documents().closing(log.end(), log.lastId());
                if (inserter.insert(closing, deadline) == CommitInserter.Outcome.STORED) {
                    log.written(closing, List.of());
                } else {
                    log.catchUp(deadline);
                }
            }
            log.sealAll(deadline);
            return log;
        });
    }

    /** Waiting writes are still stored; new ones are refused. */
    void stop() {
        queue.close();
    }
}
