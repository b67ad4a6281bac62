package menara.eventstore.mongodb.database;

import com.mongodb.client.MongoDatabase;
import menara.eventstore.mongodb.ReadStrategy;
import org.bson.Document;

/** Chooses how a log is read. */
public final class Strategies {

    private Strategies() {}

    /**
     * MongoDB names its storage engines in {@code buildInfo}, which every user may ask for. A server that names none may speak the
     * protocol and ignore indexes: it gets the reads that every server answers quickly.
     */
    public static boolean isIndexed(ReadStrategy chosen, MongoDatabase database) {
        return switch (chosen) {
            case INDEXED -> true;
            case POINT_READS -> false;
            case AUTO ->
                hasStorageEngines(database.runCommand(new Document("buildInfo", 1))) || Topology.isRouted(database);
        };
    }

    static boolean hasStorageEngines(Document buildInfo) {
        var engines = buildInfo.getList("storageEngines", String.class);
        return engines != null && !engines.isEmpty();
    }
}
