package menara.eventstore.mongodb.simulation;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import menara.eventstore.mongodb.Guarantees;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.LogListener;
import menara.eventstore.mongodb.commitlog.CommitInserter;
import menara.eventstore.mongodb.commitlog.CommitLog;
import menara.eventstore.mongodb.commitlog.Committed;
import menara.eventstore.mongodb.commitlog.GroupCommit;
import menara.eventstore.mongodb.commitlog.Seen;
import menara.eventstore.mongodb.commitlog.Submission;
import menara.eventstore.mongodb.commitlog.SubmissionQueue;
import menara.eventstore.mongodb.commitlog.Turns;
import menara.eventstore.mongodb.database.Deadline;
import menara.eventstore.mongodb.simulation.KnownKeys.Verdict;
import org.bson.codecs.configuration.CodecRegistries;

/** One log of keys as a process sees it: what a service makes of the commit log that has other things in it than events. */
final class KeyLog implements SubmissionQueue.Writer<KeyLog.Reported>, GroupCommit.Judge<KeyLog.Reported, KeyDocument> {

    static final String COLLECTION = "keys";

    /** Reports of one document. */
    private static final int MAX_SIZE = 8;

    private final int number;
    private final CommitLog<KeyDocument> commits;
    private final GroupCommit<Reported, KeyDocument> group;
    private final SubmissionQueue<Reported> queue;

    // Of the thread that has the turn.
    private KnownKeys known = new KnownKeys();
    private int end;
    private UUID last = Committed.NO_COMMIT;

    /** Reports of one request. */
    record Reported(List<String> reports, long since, CompletableFuture<List<Verdict>> done) implements Submission {

        @Override
        public int bytes() {
            return reports.size();
        }

        @Override
        public int size() {
            return reports.size();
        }
    }

    KeyLog(int number, MongoDatabase database, Limits limits, SimulatedProcess process) {
        this.number = number;
        var bounded = Guarantees.bounded(database, limits);
        var codecs = CodecRegistries.fromRegistries(
                CodecRegistries.fromCodecs(KeyDocument.CODEC), database.getCodecRegistry());
        this.commits = new CommitLog<>(
                "keys " + number,
                bounded.getCollection(COLLECTION, KeyDocument.class).withCodecRegistry(codecs),
                process);
        this.group = new GroupCommit<>(
                commits,
                new CommitInserter<>(commits, limits, LogListener.NONE),
                new Turns(bounded.getCollection(COLLECTION + "_turns"), number, process),
                limits,
                this);
        this.queue = new SubmissionQueue<>("keys-" + number, limits, MAX_SIZE, process, this);
    }

    CompletableFuture<List<Verdict>> report(List<String> reports) {
        var reported = new Reported(reports, commits.machine().nanoTime(), new CompletableFuture<>());
        queue.add(reported);
        return reported.done();
    }

    private String place(int n) {
        return number + "|" + n;
    }

    @Override
    public void write(List<Reported> batch) {
        group.write(batch);
    }

    @Override
    public void refuse(List<Reported> unsent, RuntimeException why) {
        failed(unsent, why);
    }

    @Override
    public void failed(List<Reported> waiting, Throwable why) {
        waiting.forEach(reported -> commits.machine().run(() -> reported.done().completeExceptionally(why)));
    }

    @Override
    public void catchUp(Deadline deadline) {
        try {
            for (var next = at(end, deadline); next.isPresent(); next = at(end, deadline)) {
                if (!next.get().follows(last)) {
                    throw commits.goesOnOtherwise(next.get().place());
                }
                next.get().reports().forEach(known::judge);
                passed(next.get());
            }
        } catch (MongoException e) {
            commits.suspect();
            throw e;
        }
    }

    private Optional<KeyDocument> at(int n, Deadline deadline) {
        return Optional.ofNullable(
                deadline.within(commits.commits()).find(eq("_id", place(n))).first());
    }

    private void passed(KeyDocument document) {
        end++;
        last = document.id();
        commits.took(new Seen(document.place(), document.id()));
    }

    @Override
    public Optional<GroupCommit.Proposal<Reported, KeyDocument>> judge(List<Reported> waiting, Deadline deadline) {
        var judged = new Judged(waiting);
        if (judged.missesSomething()) {
            catchUp(deadline);
            judged = new Judged(waiting);
        }
        if (judged.accepted.isEmpty()) {
            judged.answer();
            return Optional.empty();
        }
        return Optional.of(judged);
    }

    /** What becomes of those who wait if what is accepted is written. */
    private final class Judged implements GroupCommit.Proposal<Reported, KeyDocument> {

        private final List<Reported> waiting;
        private final KnownKeys then = known.copy();
        private final List<List<Verdict>> verdicts = new ArrayList<>();
        private final List<String> accepted = new ArrayList<>();
        private final KeyDocument document;

        Judged(List<Reported> waiting) {
            this.waiting = waiting;
            for (var reported : waiting) {
                verdicts.add(reported.reports().stream().map(this::judge).toList());
            }
            this.document = new KeyDocument(place(end), UUID.randomUUID(), last, accepted);
        }

        private Verdict judge(String report) {
            var verdict = then.judge(report);
            if (verdict == Verdict.ACCEPTED) {
                accepted.add(report);
            }
            return verdict;
        }

        boolean missesSomething() {
            return verdicts.stream().flatMap(List::stream).anyMatch(Verdict.NOTHING_TO_SUPERSEDE::equals);
        }

        void answer() {
            for (int i = 0; i < waiting.size(); i++) {
                var answered = waiting.get(i);
                var answer = verdicts.get(i);
                commits.machine().run(() -> answered.done().complete(answer));
            }
        }

        @Override
        public KeyDocument commit() {
            return document;
        }

        @Override
        public List<Reported> waiting() {
            return waiting;
        }

        @Override
        public void stored(long nanos) {
            known = then;
            passed(document);
            answer();
        }

        @Override
        public void overtaken() {
            // what was judged is forgotten with this
        }

        @Override
        public void failed(Throwable why) {
            KeyLog.this.failed(waiting, why);
        }
    }
}
