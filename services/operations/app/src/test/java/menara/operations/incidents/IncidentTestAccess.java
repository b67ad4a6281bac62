package menara.operations.incidents;

import com.mongodb.client.MongoDatabase;

/** Lets tests of other slices work on real incident documents. */
public final class IncidentTestAccess {

    private IncidentTestAccess() {}

    public static IncidentDocuments documents(MongoDatabase database) {
        return new IncidentDocuments(database);
    }
}
