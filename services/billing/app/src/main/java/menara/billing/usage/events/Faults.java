package menara.billing.usage.events;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoWriteException;
import org.axonframework.eventsourcing.eventstore.EventStoreException;

/** Tells failures of the database from failures of the data. */
public final class Faults {

    private Faults() {}

    /**
     * Whether the database, or the log as a whole, fails, so that a retry can help; otherwise the data is at fault, and every retry would
     * fail.
     */
    public static boolean isOfDatabase(RuntimeException failure) {
        return switch (failure) {
            case MongoNotPrimaryException _ -> true;
            case MongoWriteException _, MongoBulkWriteException _, MongoCommandException _ -> false;
            case MongoException _ -> true;
            case EventStoreException _ -> true;
            default -> false;
        };
    }
}
