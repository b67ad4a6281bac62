package menara.eventstore.mongodb.commitlog;

import com.mongodb.MongoException;
import java.util.List;
import java.util.Optional;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.NotStored;
import menara.eventstore.mongodb.database.Deadline;
import menara.eventstore.mongodb.machine.Machine;
import org.jspecify.annotations.Nullable;

/**
 * Writes what waits at the end of the log, many submissions in one document. Submissions are judged against everything before the place of
 * their commit; if another process takes that place, its commits are read and the submissions judged again.
 */
public final class GroupCommit<S extends Submission, C extends Committed> {

    private final CommitLog<C> log;
    private final CommitInserter<C> inserter;
    private final Turns turns;
    private final Limits limits;
    private final Machine machine;
    private final Judge<S, C> judge;

    /** Judges waiting submissions for a log. */
    public interface Judge<S extends Submission, C extends Committed> {

        /**
         * Answers submissions that need not be written, and makes a commit of the others.
         *
         * @param waiting at least one
         * @return empty if all are answered
         */
        Optional<Proposal<S, C>> judge(List<S> waiting, Deadline deadline);

        /** Reads what other processes wrote. */
        void catchUp(Deadline deadline);

        /** None of the waiting submissions is stored. */
        void failed(List<S> waiting, Throwable why);
    }

    /** A commit for the end of the log. It is called once with its outcome. */
    public interface Proposal<S extends Submission, C extends Committed> {

        C commit();

        /** The submissions whose answers depend on it. */
        List<S> waiting();

        /** @param nanos from the judgement to the answer of the database */
        void stored(long nanos);

        /** Another process has the place; the submissions are judged again. */
        void overtaken();

        /** @param why the cause; its type says whether the commit may be stored */
        void failed(Throwable why);
    }

    public GroupCommit(CommitLog<C> log, CommitInserter<C> inserter, Turns turns, Limits limits, Judge<S, C> judge) {
        this.log = log;
        this.inserter = inserter;
        this.turns = turns;
        this.limits = limits;
        this.machine = log.machine();
        this.judge = judge;
    }

    /** Answers all of a batch, and does not throw. */
    public void write(List<S> batch) {
        var deadline = Deadline.ofOutcome(machine, limits, batch.getFirst().since());
        var waiting = batch;
        Proposal<S, C> proposal = null;
        int lost = 0;
        try {
            turns.standBack(deadline);
            while (true) {
                long begun = machine.nanoTime();
                verify(deadline);
                proposal = judge.judge(waiting, deadline).orElse(null);
                if (proposal == null) {
                    return;
                }
                if (deadline.isOver()) {
                    proposal.failed(NotStored.waitedFor(limits.outcomeTimeout()));
                    return;
                }
                if (inserter.insert(proposal.commit(), deadline) == CommitInserter.Outcome.STORED) {
                    proposal.stored(machine.nanoTime() - begun);
                    turns.committed();
                    return;
                }
                waiting = proposal.waiting();
                proposal.overtaken();
                proposal = null;
                if (++lost == Turns.LOST_RACES) {
                    turns.ask(deadline);
                }
                judge.catchUp(deadline);
            }
        } catch (RuntimeException | Error e) {
            // Whatever failed, waiting callers must be answered and the turn given back.
            fail(waiting, proposal, e);
        } finally {
            turns.giveBack();
        }
    }

    private void fail(List<S> waiting, @Nullable Proposal<S, C> proposal, Throwable why) {
        if (proposal == null) {
            judge.failed(waiting, why);
        } else {
            proposal.failed(why);
        }
    }

    private void verify(Deadline deadline) {
        try {
            log.verifyIfDue(deadline);
        } catch (MongoException e) {
            throw NotStored.unreachable(e);
        }
    }
}
