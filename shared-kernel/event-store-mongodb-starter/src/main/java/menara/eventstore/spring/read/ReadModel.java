package menara.eventstore.spring.read;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * The documents of a projection: the one way in which event handlers write. Every write carries the position of its event, and a document
 * with a later event of the same sequence stays as it is, so that neither an overtaken instance nor a repeated delivery undoes anything.
 * Documents are never deleted, because a deleted one could not refuse old writes. Indexes are declared beside the documents.
 *
 * <p>The writes of a batch are gathered and written before the batch's token is stored, in one request for each collection; a handler that
 * reads sees them.
 */
public final class ReadModel {

    private static final Bson ANY = new BsonDocument();

    private final MongoCollection<Document> documents;

    private ReadModel(MongoCollection<Document> documents) {
        this.documents = documents;
    }

    /**
     * @param collection its name in the service's own database
     * @param indexes indexes for its queries, besides {@code _id}; {@link #index} makes one
     */
    public static ReadModel in(MongoDatabase database, String collection, Bson... indexes) {
        var documents = database.getCollection(collection);
        if (indexes.length > 0) {
            documents.createIndexes(
                    List.of(indexes).stream().map(IndexModel::new).toList());
        }
        return new ReadModel(documents);
    }

    /** An index: first the fields that a query compares with a value, then those it sorts by or compares with a range. */
    public static Bson index(String... fields) {
        return Indexes.ascending(fields);
    }

    public FindIterable<Document> find() {
        Handling.writeGathered();
        return documents.find();
    }

    public FindIterable<Document> find(Bson filter) {
        Handling.writeGathered();
        return documents.find(filter);
    }

    /** The document, if it exists. */
    public Optional<Document> get(String id) {
        return Optional.ofNullable(find(eq("_id", id)).first());
    }

    /** Changes the document, and inserts it if it does not exist. */
    public void upsert(String id, Bson change) {
        upsertAll(List.of(id), change);
    }

    /** {@link #upsert} of many documents at once. */
    public void upsertAll(Collection<String> ids, Bson change) {
        var fenced = remembering(change);
        write(batch -> ids.forEach(id -> batch.add(documents, id, known(id), fenced, true)));
    }

    /** Sets every field of {@code fields} in the document, and inserts it if it does not exist. */
    public void put(String id, Document fields) {
        upsert(id, new Document("$set", fields));
    }

    /** Changes the document if it exists. */
    public void update(String id, Bson change) {
        update(id, ANY, change);
    }

    /** Changes the document if it exists and {@code condition} holds for it. */
    public void update(String id, Bson condition, Bson change) {
        write(batch -> batch.add(documents, id, and(known(id), condition), remembering(change), false));
    }

    /** Adds changes to the batch of the present event; without a batch they are written when this returns. */
    private static void write(Consumer<Batch> changes) {
        var gathering = Handling.batch();
        if (gathering.isPresent()) {
            changes.accept(gathering.get());
            return;
        }
        var alone = new Batch();
        changes.accept(alone);
        alone.write();
    }

    private static Bson known(String id) {
        return Handling.fence()
                .<Bson>map(fence -> and(eq("_id", id), fence.passes()))
                .orElseGet(() -> eq("_id", id));
    }

    private static Bson remembering(Bson change) {
        return Handling.fence().map(fence -> combine(change, fence.remember())).orElse(change);
    }
}
