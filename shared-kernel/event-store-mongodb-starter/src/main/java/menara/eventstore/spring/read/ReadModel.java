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
 * that has seen a later event of the same sequence stays as it is, so that neither an instance that was overtaken nor a repeated delivery
 * takes anything back. Nothing is ever deleted: what was deleted could not refuse. Indexes are declared where the documents are.
 *
 * <p>What the events of a batch write is gathered and written before the batch's token is stored, in one request for each collection; a
 * handler that reads sees it.
 */
public final class ReadModel {

    private static final Bson ANY = new BsonDocument();

    private final MongoCollection<Document> documents;

    private ReadModel(MongoCollection<Document> documents) {
        this.documents = documents;
    }

    /**
     * @param collection its name in the service's own database
     * @param indexes what it is asked for by, besides {@code _id}; {@link #index} makes one
     */
    public static ReadModel in(MongoDatabase database, String collection, Bson... indexes) {
        var documents = database.getCollection(collection);
        if (indexes.length > 0) {
            documents.createIndexes(
                    List.of(indexes).stream().map(IndexModel::new).toList());
        }
        return new ReadModel(documents);
    }

    /** An index: what a query compares with a value first, then what it sorts by or compares with a range. */
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

    /** The document, if it is there. */
    public Optional<Document> get(String id) {
        return Optional.ofNullable(find(eq("_id", id)).first());
    }

    /** Changes the document, which is made if it is not there. */
    public void upsert(String id, Bson change) {
        upsertAll(List.of(id), change);
    }

    /** {@link #upsert} of many documents at once. */
    public void upsertAll(Collection<String> ids, Bson change) {
        var fenced = remembering(change);
        write(batch -> ids.forEach(id -> batch.add(documents, id, known(id), fenced, true)));
    }

    /** Sets every field of {@code fields} in the document, which is made if it is not there. */
    public void put(String id, Document fields) {
        upsert(id, new Document("$set", fields));
    }

    /** Changes the document if it is there. */
    public void update(String id, Bson change) {
        update(id, ANY, change);
    }

    /** Changes the document if it is there and {@code condition} holds for it. */
    public void update(String id, Bson condition, Bson change) {
        write(batch -> batch.add(documents, id, and(known(id), condition), remembering(change), false));
    }

    /** Leaves changes with the batch of the event that is handled now; where there is none, they are written when this returns. */
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
