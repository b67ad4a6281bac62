package menara.eventstore.mongodb;

import com.mongodb.MongoException;
import java.time.Duration;
import org.axonframework.eventsourcing.eventstore.EventStoreException;

/** The events were not sent and are not stored: the same command may be sent again. */
public final class NotStored extends EventStoreException {

    private static final long serialVersionUID = 1L;

    private NotStored(String message) {
        super(message);
    }

    public static NotStored unreachable(MongoException cause) {
        var refused = new NotStored("the database does not answer; nothing was stored");
        refused.initCause(cause);
        return refused;
    }

    /** The conflicting transaction was not stored, or its outcome is unknown. */
    public static NotStored behind(Throwable cause) {
        var refused =
                new NotStored("the commit that it conflicts with failed or has an unknown outcome; nothing was stored");
        refused.initCause(cause);
        return refused;
    }

    public static NotStored closed() {
        return new NotStored("the event store is closed; nothing was stored");
    }

    public static NotStored tooMuchWaits(long bytes) {
        return new NotStored("events of more than %,d bytes wait to be written; nothing was stored".formatted(bytes));
    }

    public static NotStored lookedFor() {
        return new NotStored("what it depends on could not be looked up in time; nothing was stored");
    }

    public static NotStored waitedFor(Duration patience) {
        return new NotStored(
                "other writers kept the log busy for more than %s; nothing was stored".formatted(patience));
    }
}
