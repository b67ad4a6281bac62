package menara.eventstore.mongodb;

import java.time.Duration;

/**
 * The limits of everything in the store that waits, batches or grows.
 *
 * @param maxCommitBytes approximate size of one commit document; at most {@link #MAX_COMMIT_BYTES}
 * @param maxCommitEvents events of one commit document; at most {@link #MAX_COMMIT_EVENTS}
 * @param maxQueuedBytes bytes of events that wait to be written; beyond it an append is refused
 * @param recentCommitsBytes decoded commits kept in memory, per log, as an estimate of their heap
 * @param activePoll how often the head is read while the log is busy
 * @param idlePoll how often the head is read after a quiet while
 * @param callTimeout how long one call to the database may take, with everything it waits for: a server, a connection, an answer
 * @param outcomeTimeout how long an append may take, from the call until it is stored, refused or reported as unknown
 */
public record Limits(
        int maxCommitBytes,
        int maxCommitEvents,
        long maxQueuedBytes,
        long recentCommitsBytes,
        Duration activePoll,
        Duration idlePoll,
        Duration callTimeout,
        Duration outcomeTimeout) {

    /** MongoDB refuses documents over 16 MB; the rest is for what our estimate may miss. */
    public static final int MAX_COMMIT_BYTES = 12 << 20;

    /** A reader looks this far back for the commit that holds a position, so it is the same for all processes of a log. */
    public static final int MAX_COMMIT_EVENTS = 4_096;

    public static final Limits DEFAULT = new Limits(
            4 << 20,
            MAX_COMMIT_EVENTS,
            64L << 20,
            16L << 20,
            Duration.ofMillis(4),
            Duration.ofMillis(20),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30));

    public Limits {
        if (maxCommitBytes < 1 || maxCommitBytes > MAX_COMMIT_BYTES) {
            throw new IllegalArgumentException("a commit may have 1 to %,d bytes".formatted(MAX_COMMIT_BYTES));
        }
        if (maxCommitEvents < 1 || maxCommitEvents > MAX_COMMIT_EVENTS) {
            throw new IllegalArgumentException("a commit may have 1 to %,d events".formatted(MAX_COMMIT_EVENTS));
        }
        if (maxQueuedBytes < maxCommitBytes) {
            throw new IllegalArgumentException("maxQueuedBytes must have room for at least one commit");
        }
        if (recentCommitsBytes < 0) {
            throw new IllegalArgumentException("the memory for recent commits must not be negative");
        }
        if (callTimeout.toMillis() < 1 || outcomeTimeout.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "a time limit has at least one millisecond"); // none at all waits for ever
        }
    }

    public Limits withRecentCommitsBytes(long bytes) {
        return new Limits(
                maxCommitBytes,
                maxCommitEvents,
                maxQueuedBytes,
                bytes,
                activePoll,
                idlePoll,
                callTimeout,
                outcomeTimeout);
    }

    public Limits withMaxCommitBytes(int bytes) {
        return new Limits(
                bytes,
                maxCommitEvents,
                maxQueuedBytes,
                recentCommitsBytes,
                activePoll,
                idlePoll,
                callTimeout,
                outcomeTimeout);
    }

    public Limits withMaxCommitEvents(int events) {
        return new Limits(
                maxCommitBytes,
                events,
                maxQueuedBytes,
                recentCommitsBytes,
                activePoll,
                idlePoll,
                callTimeout,
                outcomeTimeout);
    }

    public Limits withMaxQueuedBytes(long bytes) {
        return new Limits(
                maxCommitBytes,
                maxCommitEvents,
                bytes,
                recentCommitsBytes,
                activePoll,
                idlePoll,
                callTimeout,
                outcomeTimeout);
    }

    public Limits withOutcomeTimeout(Duration timeout) {
        return new Limits(
                maxCommitBytes,
                maxCommitEvents,
                maxQueuedBytes,
                recentCommitsBytes,
                activePoll,
                idlePoll,
                callTimeout,
                timeout);
    }

    public Limits withCallTimeout(Duration timeout) {
        return new Limits(
                maxCommitBytes,
                maxCommitEvents,
                maxQueuedBytes,
                recentCommitsBytes,
                activePoll,
                idlePoll,
                timeout,
                outcomeTimeout);
    }
}
