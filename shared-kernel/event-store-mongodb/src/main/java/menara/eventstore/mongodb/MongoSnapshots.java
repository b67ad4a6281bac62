package menara.eventstore.mongodb;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.ReplaceOptions;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.Binary;

/**
 * Folded states with the position they were folded up to. A snapshot is a short cut, never the truth: it may be deleted at any time,
 * and one of another revision of the state's form is as good as none.
 */
public final class MongoSnapshots {

    private final MongoCollection<Document> snapshots;

    /** @param collection name of the collection, {@code snapshots} */
    public MongoSnapshots(MongoDatabase database, String collection) {
        this.snapshots = database.getCollection(collection);
    }

    /**
     * A folded state.
     *
     * @param position behind the last event that is in it
     * @param state serialised
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    public record Snapshot(long position, byte[] state) {}

    /**
     * @param kind of state
     * @param id of the state within its kind
     * @param revision of the state's serialised form
     */
    public Optional<Snapshot> find(String kind, String id, String revision) {
        return Optional.ofNullable(snapshots.find(eq(key(kind, id))).first())
                .filter(stored -> revision.equals(stored.getString("rev")))
                .map(stored -> new Snapshot(
                        stored.get("position", Number.class).longValue(),
                        stored.get("state", Binary.class).getData()));
    }

    /** Keeps a snapshot unless a later one of the same revision is there. */
    public void keep(String kind, String id, String revision, Snapshot snapshot) {
        var document = new Document("_id", key(kind, id))
                .append("rev", revision)
                .append("position", snapshot.position())
                .append("state", new Binary(snapshot.state()));
        var stored = snapshots.find(eq(key(kind, id))).first();
        if (stored != null && !revision.equals(stored.getString("rev"))) {
            snapshots.replaceOne(and(eq(key(kind, id)), eq("rev", stored.getString("rev"))), document);
            return;
        }
        try {
            snapshots.replaceOne(
                    and(eq(key(kind, id)), lt("position", snapshot.position())),
                    document,
                    new ReplaceOptions().upsert(true));
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
            // A later one is there, so the filter did not match and the insert met it: nothing to do.
        }
    }

    private static String key(String kind, String id) {
        return kind + "/" + id;
    }
}
