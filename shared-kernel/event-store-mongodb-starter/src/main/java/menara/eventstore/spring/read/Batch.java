package menara.eventstore.spring.read;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Changes of read models that are written together: one request to the database for each collection instead of one for each change. Changes
 * of one document keep their order: the second goes into a second request, and so on. Used by one thread.
 */
public final class Batch {

    /** Most changes kept; beyond, they must be written. */
    private static final int MAX_CHANGES = 256;

    private static final BulkWriteOptions IN_ANY_ORDER = new BulkWriteOptions().ordered(false);

    /**
     * @param filter matches the document {@code id} if it may be changed
     * @param upsert whether the document is inserted if it does not exist
     */
    private record Change(MongoCollection<Document> documents, String id, Bson filter, Bson update, boolean upsert) {

        Change ifThere() {
            return new Change(documents, id, filter, update, false);
        }

        UpdateOneModel<Document> model() {
            return new UpdateOneModel<>(filter, update, new UpdateOptions().upsert(upsert));
        }
    }

    private final List<Change> changes = new ArrayList<>();

    /**
     * @param filter matches the document {@code id} if it may be changed
     * @param upsert whether the document is inserted if it does not exist
     */
    void add(MongoCollection<Document> documents, String id, Bson filter, Bson update, boolean upsert) {
        changes.add(new Change(documents, id, filter, update, upsert));
    }

    public boolean isFull() {
        return changes.size() >= MAX_CHANGES;
    }

    public int size() {
        return changes.size();
    }

    /** Removes the changes added last, so that at most {@code size} are left. */
    public void cut(int size) {
        changes.subList(Math.min(size, changes.size()), changes.size()).clear();
    }

    /** Writes everything. If that fails, some may be written, and all are kept: to write one again changes nothing. */
    public void write() {
        for (var request : requests()) {
            write(request);
        }
        changes.clear();
    }

    /** For each collection the first changes of all its documents, then the second ones, and so on. */
    private List<List<Change>> requests() {
        var requests = new ArrayList<List<Change>>();
        var byCollection = new LinkedHashMap<MongoCollection<Document>, List<Change>>();
        changes.forEach(change -> byCollection
                .computeIfAbsent(change.documents(), _ -> new ArrayList<>())
                .add(change));
        byCollection.values().forEach(ofCollection -> {
            int first = requests.size();
            var before = new HashMap<String, Integer>();
            for (var change : ofCollection) {
                int request = first + before.merge(change.id(), 1, Integer::sum) - 1;
                if (request == requests.size()) {
                    requests.add(new ArrayList<>());
                }
                requests.get(request).add(change);
            }
        });
        return requests;
    }

    private static void write(List<Change> request) {
        var documents = request.getFirst().documents();
        try {
            documents.bulkWrite(request.stream().map(Change::model).toList(), IN_ANY_ORDER);
        } catch (MongoBulkWriteException e) {
            var refused = e.getWriteErrors();
            if (refused.isEmpty()
                    || !refused.stream()
                            .allMatch(error -> error.getCategory() == ErrorCategory.DUPLICATE_KEY
                                    && request.get(error.getIndex()).upsert())) {
                throw e;
            }
            // They exist: another process inserted them at the same moment, or they have a later mark and refuse the
            // change.
            write(refused.stream()
                    .map(error -> request.get(error.getIndex()).ifThere())
                    .toList());
        }
    }
}
