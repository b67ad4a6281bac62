package menara.eventstore.mongodb;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoCollection;
import org.bson.Document;

/** Finds out how a server answers, instead of believing what it calls itself. */
final class Strategies {

    private Strategies() {}

    static boolean isIndexed(ReadStrategy chosen, MongoCollection<Commit> log) {
        return switch (chosen) {
            case INDEXED -> true;
            case POINT_READS -> false;
            case AUTO -> explainsAnIndexScan(log);
        };
    }

    private static boolean explainsAnIndexScan(MongoCollection<Commit> log) {
        try {
            var plan = log.withDocumentClass(Document.class)
                    .find(new Document("_id", new Document("$gte", 0L)))
                    .explain();
            return plan.toJson().contains("IXSCAN")
                    || plan.toJson().contains("IDHACK")
                    || plan.toJson().contains("CLUSTERED");
        } catch (MongoCommandException _) {
            return false; // a server that cannot explain itself gets the reads that every server answers quickly
        }
    }
}
