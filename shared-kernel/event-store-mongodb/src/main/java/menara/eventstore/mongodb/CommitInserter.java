package menara.eventstore.mongodb;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Inserts one commit at its position and does not leave its outcome open for want of an answer. After a lost answer it looks whose
 * commit is at the position before it sends the same document again; the unique {@code _id} makes sending it again harmless.
 */
final class CommitInserter {

    enum Outcome {
        STORED,
        /** Another commit has the position. */
        TAKEN
    }

    private enum Found {
        OURS,
        ANOTHER,
        NOTHING
    }

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /**
     * The server has read the command and will not do it: BadValue, FailedToParse, Unauthorized, TypeMismatch, AuthenticationFailed,
     * InvalidBSON, DocumentValidationFailure, BSONObjectTooLarge.
     */
    private static final Set<Integer> REFUSALS = Set.of(2, 9, 13, 14, 18, 22, 121, 10334);

    private final MongoCollection<Commit> log;
    private final CommitReads reads;
    private final Duration outcomeTimeout;
    private final LogListener listener;

    CommitInserter(MongoCollection<Commit> log, CommitReads reads, Duration outcomeTimeout, LogListener listener) {
        this.log = log;
        this.reads = reads;
        this.outcomeTimeout = outcomeTimeout;
        this.listener = listener;
    }

    /**
     * @throws OutcomeUnknown if the database gave no answer within the limit
     * @throws MongoException if the database refused the commit: it is not stored
     */
    Outcome insert(Commit commit) {
        var attempt = new Attempt(commit);
        try {
            return attempt.run();
        } finally {
            attempt.restoreInterrupt();
        }
    }

    private final class Attempt {

        private final Commit commit;
        private final long giveUp = System.nanoTime() + outcomeTimeout.toNanos();
        private boolean interrupted;

        Attempt(Commit commit) {
            this.commit = commit;
        }

        Outcome run() {
            while (true) {
                try {
                    log.insertOne(commit);
                    return Outcome.STORED;
                } catch (MongoException e) {
                    if (isRefusal(e)) {
                        throw e;
                    }
                    noteInterrupt(e);
                    boolean taken = DuplicateKeys.isOne(e);
                    switch (whoseIsIt(e)) {
                        case OURS -> {
                            return Outcome.STORED;
                        }
                        case ANOTHER -> {
                            return Outcome.TAKEN;
                        }
                        case NOTHING -> {
                            // With a duplicate key: a commit that the majority has not confirmed yet, or never will.
                            pauseOrGiveUp(e);
                            if (!taken) {
                                listener.retried();
                            }
                        }
                    }
                }
            }
        }

        private Found whoseIsIt(MongoException cause) {
            while (true) {
                try {
                    return reads.at(commit.position())
                            .map(found -> found.id().equals(commit.id()) ? Found.OURS : Found.ANOTHER)
                            .orElse(Found.NOTHING);
                } catch (MongoException e) {
                    noteInterrupt(e);
                    cause.addSuppressed(e);
                    pauseOrGiveUp(cause);
                }
            }
        }

        private void pauseOrGiveUp(MongoException cause) {
            if (System.nanoTime() - giveUp > 0) {
                throw new OutcomeUnknown(
                        "no answer from the database; whether the commit at position %d was stored is unknown"
                                .formatted(commit.position()),
                        cause);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
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

    private static boolean isRefusal(MongoException e) {
        return (e instanceof MongoWriteException && !DuplicateKeys.isOne(e))
                || (e instanceof MongoCommandException && REFUSALS.contains(e.getCode()));
    }
}
