package menara.eventstore.mongodb;

import com.mongodb.DuplicateKeyException;
import com.mongodb.ErrorCategory;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Inserts one commit at its position and never leaves its outcome open for want of an answer: the same document with the same id is
 * sent again, and a duplicate key is resolved by looking whose commit is there.
 */
final class CommitInserter {

    enum Outcome {
        STORED,
        /** Another commit has the position. */
        TAKEN
    }

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final MongoCollection<Commit> log;
    private final CommitReads reads;
    private final Duration outcomeTimeout;

    CommitInserter(MongoCollection<Commit> log, CommitReads reads, Duration outcomeTimeout) {
        this.log = log;
        this.reads = reads;
        this.outcomeTimeout = outcomeTimeout;
    }

    /** @throws OutcomeUnknown if the database gave no answer within the limit */
    Outcome insert(Commit commit) {
        long giveUp = System.nanoTime() + outcomeTimeout.toNanos();
        while (true) {
            try {
                log.insertOne(commit);
                return Outcome.STORED;
            } catch (MongoException e) {
                if (isDuplicateKey(e)) {
                    return ownerOf(commit, giveUp, e);
                }
                if (isRefusal(e)) {
                    throw e; // the server has read the document and will not store it
                }
                if (System.nanoTime() > giveUp) {
                    throw unknown(commit, e);
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private Outcome ownerOf(Commit commit, long giveUp, MongoException cause) {
        while (true) {
            try {
                return reads.at(commit.position())
                        .map(found -> found.id().equals(commit.id()) ? Outcome.STORED : Outcome.TAKEN)
                        .orElseThrow(() -> unknown(commit, cause));
            } catch (MongoException e) {
                if (System.nanoTime() > giveUp) {
                    throw unknown(commit, e);
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private static boolean isDuplicateKey(MongoException e) {
        return e instanceof DuplicateKeyException
                || (e instanceof MongoWriteException write
                        && write.getError().getCategory() == ErrorCategory.DUPLICATE_KEY);
    }

    private static boolean isRefusal(MongoException e) {
        return e instanceof MongoWriteException
                && !e.hasErrorLabel(MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT_LABEL);
    }

    private static OutcomeUnknown unknown(Commit commit, MongoException cause) {
        return new OutcomeUnknown(
                "no answer from the database; whether the commit at position %d was stored is unknown"
                        .formatted(commit.position()),
                cause);
    }
}
