package menara.eventstore.mongodb;

import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.util.concurrent.TimeUnit;

/**
 * The guarantees of every collection of the store, whatever the connection string or the cluster says: acknowledged writes are in the
 * journals of a majority, reads return data that a majority confirmed, and reads go to the primary.
 */
public final class Guarantees {

    private Guarantees() {}

    /** The database with these guarantees; its collections inherit them. */
    public static MongoDatabase on(MongoDatabase database) {
        return database.withReadPreference(ReadPreference.primary())
                .withReadConcern(ReadConcern.MAJORITY)
                .withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
    }

    /**
     * Reads of single documents that see all that was confirmed before them. Right after an election a primary may not know all confirmed
     * writes yet, and a majority read may miss acknowledged ones: a caller that would treat a document as lost reads like this first. It
     * costs the servers a round trip among themselves.
     */
    public static <T> MongoCollection<T> latest(MongoCollection<T> collection) {
        return collection.withReadConcern(ReadConcern.LINEARIZABLE);
    }

    /**
     * The same, and each call ends within {@link Limits#callTimeout()}, with everything it waits for. Reading a cursor to its end is one
     * call, unless each answer is set to count by itself.
     */
    public static MongoDatabase bounded(MongoDatabase database, Limits limits) {
        return on(database).withTimeout(limits.callTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }
}
