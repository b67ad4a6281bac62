package menara.eventstore.spring;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Changes of read models that are written together: one request to the database for each collection instead of one for each change. Those of
 * one collection keep their order. Used by one thread.
 */
final class Batch {

    /** Changes kept at most; with more, somebody has to write. */
    private static final int MAX_CHANGES = 256;

    /** @param upsert whether the document is made if it is not there */
    private record Change(MongoCollection<Document> documents, Bson filter, Bson update, boolean upsert) {

        Change ifThere() {
            return new Change(documents, filter, update, false);
        }

        UpdateOneModel<Document> model() {
            return new UpdateOneModel<>(filter, update, new UpdateOptions().upsert(upsert));
        }
    }

    private final List<Change> changes = new ArrayList<>();

    void add(MongoCollection<Document> documents, Bson filter, Bson update, boolean upsert) {
        changes.add(new Change(documents, filter, update, upsert));
    }

    boolean isFull() {
        return changes.size() >= MAX_CHANGES;
    }

    int size() {
        return changes.size();
    }

    /** Takes back what was added last, so that {@code size} changes are left at most. */
    void cut(int size) {
        changes.subList(Math.min(size, changes.size()), changes.size()).clear();
    }

    /** Writes everything. If that fails, some may be written, and all are kept: to write one again changes nothing. */
    void write() {
        var byCollection = new LinkedHashMap<MongoCollection<Document>, List<Change>>();
        for (var change : changes) {
            byCollection
                    .computeIfAbsent(change.documents(), _ -> new ArrayList<>())
                    .add(change);
        }
        byCollection.forEach(Batch::write);
        changes.clear();
    }

    private static void write(MongoCollection<Document> documents, List<Change> changes) {
        var left = new ArrayList<>(changes);
        while (!left.isEmpty()) {
            try {
                documents.bulkWrite(left.stream().map(Change::model).toList());
                return;
            } catch (MongoBulkWriteException e) {
                // In order, so that everything before the first error is written and nothing behind it.
                var error = e.getWriteErrors().isEmpty()
                        ? null
                        : e.getWriteErrors().getFirst();
                if (error == null || error.getCategory() != ErrorCategory.DUPLICATE_KEY) {
                    throw e;
                }
                var refused = left.get(error.getIndex());
                if (!refused.upsert()) {
                    throw e;
                }
                left.subList(0, error.getIndex()).clear();
                // It is there: somebody made it at the same moment, or it has seen more and refuses.
                left.set(0, refused.ifThere());
            }
        }
    }
}
