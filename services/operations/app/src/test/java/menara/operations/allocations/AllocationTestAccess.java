package menara.operations.allocations;

import com.mongodb.client.MongoDatabase;

/** Lets tests of other slices work on real allocation documents. */
public final class AllocationTestAccess {

    private AllocationTestAccess() {}

    public static AllocationDocuments documents(MongoDatabase database) {
        return new AllocationDocuments(database);
    }
}
