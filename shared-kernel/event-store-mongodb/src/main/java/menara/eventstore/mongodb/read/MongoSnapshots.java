package menara.eventstore.mongodb.read;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;

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
 * Folded states, so that a long history is not read from its beginning. A snapshot is a cache: it may be missing or old, never wrong.
 * It says behind which commit it was taken, and is not used on a log that does not hold that commit. A new revision of the state's
 * form simply does not find the old ones.
 */
public final class MongoSnapshots {

    /** Larger states are not stored: reading one would cost more than folding it again, and MongoDB refuses documents over 16 MB. */
    public static final int MAX_STATE_BYTES = 4 << 20;

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

    private static String key(String kind, String id, String revision) {
        return kind + "/" + revision + "/" + id;
    }

    /**
     * A state and where it stands.
     *
     * @param position position of the first event that is not in the state
     * @param state in the caller's own form
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    public record Snapshot(long position, byte[] state) {}

    /**
     * The newest snapshot that the log still supports.
     *
     * @param kind of state
     * @param id of the state within its kind
     * @param revision of the state's serialised form; change it when old snapshots cannot be read any more
     */
    public Optional<Snapshot> find(String kind, String id, String revision) {
        var stored = snapshots.find(eq(key(kind, id, revision))).first();
        if (stored == null) {
            return Optional.empty();
        }
        var witness = new LogIdentity.Witness(
                stored.get("commit", Number.class).longValue(), UUID.fromString(stored.getString("cid")));
        if (!log.holds(witness)) {
            return Optional.empty();
        }
        return Optional.of(new Snapshot(
                stored.get("position", Number.class).longValue(),
                stored.get("state", Binary.class).getData()));
    }

    /**
     * Keeps the snapshot unless a newer one is there.
     *
     * @return whether it is kept; false too if it is too large or stands at the beginning of the log
     */
    public boolean keep(String kind, String id, String revision, Snapshot snapshot) {
        String key = key(kind, id, revision);
        if (snapshot.state().length > MAX_STATE_BYTES) {
            return false;
        }
        var witness = log.before(snapshot.position());
        if (witness.isEmpty()) {
            return false;
        }
        var document = new Document("_id", key)
                .append("position", snapshot.position())
                .append("commit", witness.get().position())
                .append("cid", witness.get().id().toString())
                .append("state", new Binary(snapshot.state()));
        try {
            snapshots.replaceOne(
                    and(eq(key), lt("position", snapshot.position())), document, new ReplaceOptions().upsert(true));
            return true;
        } catch (MongoWriteException e) {
            if (DuplicateKeys.isOne(e)) {
                return false; // the upsert found no older snapshot and no free place: a newer one is there
            }
            throw e;
        }
    }

    /** Forgets the snapshot, for instance because its state turned out to be folded wrongly. */
    public void delete(String kind, String id, String revision) {
        snapshots.deleteOne(eq(key(kind, id, revision)));
    }
}
