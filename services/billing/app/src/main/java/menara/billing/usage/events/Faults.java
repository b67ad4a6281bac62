package menara.billing.usage.events;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoWriteException;
import org.axonframework.eventsourcing.eventstore.EventStoreException;

/** Whose fault a failure is. */
public final class Faults {

    private Faults() {}

    /** Whether it is the database, or the log as a whole, so that trying again can help; otherwise it is the data, and trying again would fail for ever. */
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
