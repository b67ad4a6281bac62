package menara.eventstore.mongodb;

import java.time.Duration;

/**
 * Everything of the store that waits, batches or grows.
 *
 * @param maxCommitBytes approximate size of one commit document; MongoDB refuses documents over 16 MB
 * @param maxCommitEvents events of one commit document; also how far back a token that points into a commit has to look for its start
 * @param recentCommitsBytes decoded commits kept in memory, per log
 * @param activePoll how often the head is asked for while the log is busy
 * @param idlePoll how often the head is asked for after a quiet while
 * @param outcomeTimeout how long the outcome of an insert whose answer was lost is asked for before the append is reported as unknown
 */
public record Limits(
        int maxCommitBytes,
        int maxCommitEvents,
        long recentCommitsBytes,
        Duration activePoll,
        Duration idlePoll,
        Duration outcomeTimeout) {

    public static final Limits DEFAULT =
            new Limits(4 << 20, 4_096, 16L << 20, Duration.ofMillis(4), Duration.ofMillis(20), Duration.ofSeconds(30));

    public Limits {
        if (maxCommitBytes < 1 || maxCommitEvents < 1 || recentCommitsBytes < 0) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    public Limits withRecentCommitsBytes(long bytes) {
        return new Limits(maxCommitBytes, maxCommitEvents, bytes, activePoll, idlePoll, outcomeTimeout);
    }

    public Limits withMaxCommitBytes(int bytes) {
        return new Limits(bytes, maxCommitEvents, recentCommitsBytes, activePoll, idlePoll, outcomeTimeout);
    }
}
