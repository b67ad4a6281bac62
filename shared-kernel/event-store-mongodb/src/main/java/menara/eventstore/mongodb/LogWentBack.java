package menara.eventstore.mongodb;

import java.util.UUID;
import org.axonframework.eventsourcing.eventstore.EventStoreException;

/**
 * The log does not hold the commit any more that this process has seen last: the database was restored, or has lost what it had
 * confirmed. What is appended behind it would be seen by nobody. Restart the process; it then reads the log as it is, and projections
 * that had seen more say so by {@link LogRolledBack}.
 */
public final class LogWentBack extends EventStoreException {

    private static final long serialVersionUID = 1L;

    private LogWentBack(String message) {
        super(message);
    }

    public static LogWentBack without(String log, Object place, UUID id) {
        return new LogWentBack(
                "log %s does not hold commit %s at position %s any more, which this process has seen; restart it"
                        .formatted(log, id, place));
    }

    public static LogWentBack otherwise(String log, Object place) {
        return new LogWentBack(
                "log %s holds a commit at position %s that follows another one than this process has seen; restart it"
                        .formatted(log, place));
    }

    /** Something stands behind a place where the log breaks off, or is known of it. */
    public static LogWentBack brokenOff(String log, Object place) {
        return new LogWentBack(
                ("log %s breaks off at position %s, and something was written or noted behind it by a process that had seen more;"
                                + " restore the whole database, or remove what stands behind it")
                        .formatted(log, place));
    }

    /** What was derived from the log goes further than the log, or than what it holds now. */
    public static LogWentBack derived(String log, Object place) {
        return new LogWentBack(
                "log %s does not hold the commit at position %s any more up to which it was read; restore the whole database"
                        .formatted(log, place));
    }

    /** What others were told of is not in the log any more. */
    public static LogWentBack told(String published, LogIdentity.Witness witness) {
        return new LogWentBack(
                ("log %s tells others of commit %s at position %d, which the log that it is translated from does not hold any"
                                + " more: nothing is published of what came in its place; restore the whole database")
                        .formatted(published, witness.id(), witness.position()));
    }
}
