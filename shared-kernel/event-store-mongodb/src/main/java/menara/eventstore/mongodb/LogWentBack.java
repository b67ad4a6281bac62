package menara.eventstore.mongodb;

import menara.eventstore.mongodb.LogIdentity.Witness;
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

    public static LogWentBack without(String log, Witness seen) {
        return new LogWentBack(
                "log %s does not hold commit %s at position %d any more, which this process has seen; restart it"
                        .formatted(log, seen.id(), seen.position()));
    }

    public static LogWentBack otherwise(String log, long position) {
        return new LogWentBack(
                "log %s holds a commit at position %d that follows another one than this process has seen; restart it"
                        .formatted(log, position));
    }
}
