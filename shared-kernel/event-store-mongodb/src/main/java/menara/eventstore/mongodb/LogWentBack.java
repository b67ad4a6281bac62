package menara.eventstore.mongodb;

import java.util.UUID;
import org.axonframework.eventsourcing.eventstore.EventStoreException;

/**
 * The log no longer has the last commit that this process read: the database was restored, or lost confirmed writes. Events appended after
 * it would never be read. Restart the process; it then reads the log as it is, and projections that are ahead of it fail with
 * {@link LogRolledBack}.
 */
public final class LogWentBack extends EventStoreException {

    private static final long serialVersionUID = 1L;

    private LogWentBack(String message) {
        super(message);
    }

    public static LogWentBack without(String log, Object place, UUID id) {
        return new LogWentBack(
                "log %s no longer holds commit %s at position %s, which this process has seen; restart it"
                        .formatted(log, id, place));
    }

    public static LogWentBack otherwise(String log, Object place) {
        return new LogWentBack(
                "log %s holds a commit at position %s that does not follow the last one that this process has seen; restart it"
                        .formatted(log, place));
    }

    /** The log has a gap, and there is data, or a note of data, after it. */
    public static LogWentBack brokenOff(String log, Object place) {
        return new LogWentBack(
                ("log %s breaks off at position %s, and a process that had seen more wrote or noted something after it;"
                                + " restore the whole database, or remove everything after it")
                        .formatted(log, place));
    }

    /** Data derived from the log is ahead of the log. */
    public static LogWentBack derived(String log, Object place) {
        return new LogWentBack(
                "log %s no longer holds the commit at position %s, up to which it was read; restore the whole database"
                        .formatted(log, place));
    }

    /** Events that were published are no longer in the log. */
    public static LogWentBack told(String published, LogIdentity.Witness witness) {
        return new LogWentBack(("log %s publishes commit %s at position %d, which its private log no longer holds;"
                        + " nothing is published until then; restore the whole database")
                .formatted(published, witness.id(), witness.position()));
    }
}
