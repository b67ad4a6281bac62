package menara.eventstore.mongodb.snapshots;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.or;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.ReplaceOptions;
import java.util.Optional;
import java.util.UUID;
import menara.eventstore.mongodb.Guarantees;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.LogIdentity;
import menara.eventstore.mongodb.database.DuplicateKeys;
import org.bson.Document;
import org.bson.types.Binary;

/**
 * Snapshots: folded states, one document for each, so that a long history is not folded from its beginning. A snapshot is a cache: it may
 * be missing or old, never wrong. It names the commit before it, and is not used on a log without that commit; and the revision of the code
 * that made it, and is not used by another revision.
 */
public final class MongoSnapshots {

    /** Larger states are not stored: MongoDB refuses documents over 16 MB, and the other fields are small. */
    public static final int MAX_STATE_BYTES = 12 << 20;

    private final MongoCollection<Document> snapshots;
    private final LogIdentity log;

    /**
     * @param database the service's own database
     * @param collection {@code snapshots}
     * @param log the log that the states were folded from
     */
    public MongoSnapshots(MongoDatabase database, String collection, LogIdentity log) {
        this.snapshots = Guarantees.bounded(database, Limits.DEFAULT).getCollection(collection);
        this.log = log;
    }

    private static String key(String kind, String id) {
        return kind + "/" + id;
    }

    /**
     * A state and its position.
     *
     * @param position position of the first event that is not in the state
     * @param eventBytes bytes of all events that it was folded from
     * @param state in the caller's own form
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    public record Snapshot(long position, long eventBytes, byte[] state) {}

    /**
     * The snapshot, if the log still holds its commit. If the log was rolled back behind it, it is deleted, so that a valid one can take
     * its place.
     *
     * @param kind of state
     * @param id of the state within its kind
     * @param revision revision of the code that folds the state, and of its form; a snapshot of another revision is not found
     */
    public Optional<Snapshot> find(String kind, String id, String revision) {
        var stored = snapshots.find(eq(key(kind, id))).first();
        if (stored == null || !revision.equals(stored.getString("revision"))) {
            return Optional.empty();
        }
        var commit = UUID.fromString(stored.getString("cid"));
        if (!log.isThere(
                new LogIdentity.Witness(stored.get("commit", Number.class).longValue(), commit))) {
            snapshots.deleteOne(and(eq(key(kind, id)), eq("cid", commit.toString())));
            return Optional.empty();
        }
        return Optional.of(new Snapshot(
                stored.get("position", Number.class).longValue(),
                stored.get("eventBytes", Number.class).longValue(),
                stored.get("state", Binary.class).getData()));
    }

    /**
     * Keeps the snapshot unless a newer one of its revision is there. One of another revision makes room: of two versions of a service that run at
     * once, each reads its own only, and one of them stays.
     *
     * @return whether it is kept; false too if it is too large or stands at the beginning of the log
     */
    public boolean keep(String kind, String id, String revision, Snapshot snapshot) {
        if (snapshot.state().length > MAX_STATE_BYTES) {
            return false;
        }
        var witness = log.before(snapshot.position());
        if (witness.isEmpty()) {
            return false;
        }
        var document = new Document("_id", key(kind, id))
                .append("revision", revision)
                .append("position", snapshot.position())
                .append("commit", witness.get().position())
                .append("cid", witness.get().id().toString())
                .append("eventBytes", snapshot.eventBytes())
                .append("state", new Binary(snapshot.state()));
        var older = and(eq(key(kind, id)), or(ne("revision", revision), lt("position", snapshot.position())));
        try {
            snapshots.replaceOne(older, document, new ReplaceOptions().upsert(true));
            return true;
        } catch (MongoWriteException e) {
            if (DuplicateKeys.isOne(e)) {
                // There was no older one and no free place: a newer one exists, or another one was just stored.
                return snapshots.replaceOne(older, document).getMatchedCount() == 1;
            }
            throw e;
        }
    }

    /** Forgets the snapshot, for instance because it cannot be read. */
    public void delete(String kind, String id) {
        snapshots.deleteOne(eq(key(kind, id)));
    }
}
