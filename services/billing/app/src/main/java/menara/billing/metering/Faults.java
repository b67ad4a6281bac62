package menara.billing.metering;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoWriteException;

/** Whose fault a failure is. */
final class Faults {

    private Faults() {}

    /** Whether the database does not answer now, so that trying again helps; otherwise it is the data, and trying again would fail for ever. */
    static boolean isOfDatabase(RuntimeException failure) {
        return switch (failure) {
            case MongoNotPrimaryException _ -> true;
            case MongoWriteException _, MongoBulkWriteException _, MongoCommandException _ -> false;
            case MongoException _ -> true;
            default -> false;
        };
    }
}
