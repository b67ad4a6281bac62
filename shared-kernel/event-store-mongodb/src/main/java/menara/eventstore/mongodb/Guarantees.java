package menara.eventstore.mongodb;

import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.util.concurrent.TimeUnit;

/**
 * What every collection of ours promises, whatever the connection string or the cluster would say: what was acknowledged is in the
 * journals of a majority, what is read was confirmed by one, and it is read where it is written.
 */
public final class Guarantees {

    private Guarantees() {}

    /** The database with the promises; its collections take them over. */
    public static MongoDatabase on(MongoDatabase database) {
        return database.withReadPreference(ReadPreference.primary())
                .withReadConcern(ReadConcern.MAJORITY)
                .withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
    }

    /**
     * Reads of single documents that see all that was confirmed before them. Right after an election a primary may not know yet how much
     * that is, and a majority read of it may miss what was acknowledged and seen: whoever takes something for lost asks like this first.
     * It costs the servers a round among themselves.
     */
    public static <T> MongoCollection<T> latest(MongoCollection<T> collection) {
        return collection.withReadConcern(ReadConcern.LINEARIZABLE);
    }

    /**
     * The same, and each call ends within {@link Limits#callTimeout()}, with everything it waits for. Reading a cursor to its end is one
     * call, unless it is told to count each answer.
     */
    public static MongoDatabase bounded(MongoDatabase database, Limits limits) {
        return on(database).withTimeout(limits.callTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }
}
