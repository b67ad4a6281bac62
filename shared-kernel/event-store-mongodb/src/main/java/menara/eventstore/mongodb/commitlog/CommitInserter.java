package menara.eventstore.mongodb.commitlog;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.LogListener;
import menara.eventstore.mongodb.OutcomeUnknown;
import menara.eventstore.mongodb.database.Deadline;
import menara.eventstore.mongodb.database.DuplicateKeys;
import menara.eventstore.mongodb.machine.Machine;

/**
 * Inserts one commit at its place and finds out its outcome after a lost answer: it reads which commit is at the place before it sends the
 * same document again. The unique {@code _id} makes sending it again harmless.
 */
public final class CommitInserter<C extends Committed> {

    public enum Outcome {
        STORED,
        /** Another commit has the place. */
        TAKEN
    }

    private enum Found {
        OURS,
        ANOTHER,
        NOTHING
    }

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /**
     * Error codes of a server that has read the command and refuses it: BadValue, FailedToParse, Unauthorized, TypeMismatch,
     * AuthenticationFailed, InvalidBSON, DocumentValidationFailure, BSONObjectTooLarge.
     */
    private static final Set<Integer> REFUSALS = Set.of(2, 9, 13, 14, 18, 22, 121, 10334);

    private final CommitLog<C> log;
    private final Limits limits;
    private final Machine machine;
    private final LogListener listener;

    public CommitInserter(CommitLog<C> log, Limits limits, LogListener listener) {
        this.log = log;
        this.limits = limits;
        this.machine = log.machine();
        this.listener = listener;
    }

    /** {@link #insert(Committed, Deadline)} of a commit whose wait begins now. */
    public Outcome insert(C commit) {
        return insert(commit, Deadline.ofOutcome(machine, limits, machine.nanoTime()));
    }

    /**
     * @param deadline the earliest deadline of the callers that wait
     * @throws OutcomeUnknown if the database gave no answer within the limit
     * @throws MongoException if the database refused the commit: it is not stored
     */
    public Outcome insert(C commit, Deadline deadline) {
        var attempt = new Attempt(commit, deadline);
        try {
            return attempt.run();
        } finally {
            attempt.restoreInterrupt();
        }
    }

    private final class Attempt {

        private final C commit;
        private final Deadline deadline;
        private boolean interrupted;

        /** A document that was sent and not answered may still arrive, even after it was sent again. */
        private boolean mayBeUnderWay;

        Attempt(C commit, Deadline deadline) {
            this.commit = commit;
            this.deadline = deadline;
        }

        Outcome run() {
            while (true) {
                try {
                    commits().insertOne(commit);
                    return Outcome.STORED;
                } catch (MongoException e) {
                    if (isRefusal(e)) {
                        throw mayBeUnderWay ? unknown(e) : e;
                    }
                    noteInterrupt(e);
                    boolean taken = DuplicateKeys.isOne(e);
                    if (!taken) {
                        mayBeUnderWay = true;
                        log.suspect();
                    }
                    switch (whoseIsIt(e)) {
                        case OURS -> {
                            return Outcome.STORED;
                        }
                        case ANOTHER -> {
                            return Outcome.TAKEN;
                        }
                        case NOTHING -> {
                            // After a duplicate key: the other commit may not be confirmed by the majority yet, or
                            // never will.
                            pauseOrGiveUp(e);
                            if (!taken) {
                                listener.retried();
                            }
                            verify(e);
                        }
                    }
                }
            }
        }

        private MongoCollection<C> commits() {
            return deadline.within(log.commits());
        }

        private Found whoseIsIt(MongoException cause) {
            while (true) {
                if (deadline.isOver()) {
                    throw unknown(cause);
                }
                try {
                    var found = commits().find(eq(commit.place())).first();
                    if (found == null) {
                        return Found.NOTHING;
                    }
                    return found.id().equals(commit.id()) ? Found.OURS : Found.ANOTHER;
                } catch (MongoException e) {
                    noteInterrupt(e);
                    cause.addSuppressed(e);
                    machine.pause(PAUSE_NANOS);
                }
            }
        }

        /** The database that answers again may be in an older state, in which a commit stored at this place would never be read. */
        private void verify(MongoException cause) {
            while (true) {
                try {
                    log.verify(deadline);
                    return;
                } catch (MongoException e) {
                    noteInterrupt(e);
                    cause.addSuppressed(e);
                    pauseOrGiveUp(cause);
                }
            }
        }

        private void pauseOrGiveUp(MongoException cause) {
            if (deadline.isOver()) {
                throw unknown(cause);
            }
            machine.pause(PAUSE_NANOS);
        }

        private OutcomeUnknown unknown(MongoException cause) {
            return new OutcomeUnknown(
                    "no answer from the database; whether the commit at position %s was stored is unknown"
                            .formatted(commit.place()),
                    cause);
        }

        /** An interrupted thread still has to find out what became of its commit; it is interrupted again afterwards. */
        private void noteInterrupt(MongoException e) {
            interrupted |= Thread.interrupted() || e instanceof MongoInterruptedException;
        }

        void restoreInterrupt() {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static boolean isRefusal(MongoException e) {
        return (e instanceof MongoWriteException || e instanceof MongoCommandException)
                && REFUSALS.contains(e.getCode());
    }
}
