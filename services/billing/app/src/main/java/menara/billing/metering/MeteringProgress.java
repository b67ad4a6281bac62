package menara.billing.metering;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.util.Optional;
import menara.billing.usage.log.UsagePartition;
import menara.eventstore.mongodb.LogWentBack;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** How far each partition is counted: {@code {_id: partition, from, until, last}}, the batch stored last. */
final class MeteringProgress {

    private final MongoCollection<Document> progress;

    MeteringProgress(MongoDatabase database) {
        this.progress = database.getCollection("usage_metering");
    }

    /**
     * A batch that was stored; it may not be counted to its end.
     *
     * @param from first document
     * @param until behind the last document
     */
    record Claimed(int from, int until) {}

    /** @throws LogWentBack if its documents are no longer in the log */
    Optional<Claimed> last(UsagePartition partition) {
        var document = progress.find(eq("_id", partition.number())).first();
        if (document == null) {
            return Optional.empty();
        }
        int until = document.getInteger("until");
        requireHeld(partition, until, document.getString("last"));
        return Optional.of(new Claimed(document.getInteger("from"), until));
    }

    /** Counting behind documents that are gone from the log would skip the documents that were written in their places. */
    private static void requireHeld(UsagePartition partition, int until, @Nullable String last) {
        if (last != null && !last.equals(partition.idAt(until - 1).toString())) {
            throw LogWentBack.derived("usage_log", "%d|%d".formatted(partition.number(), until - 1));
        }
    }

    /** Stores the batch that is counted next; false if another instance was first. */
    boolean claim(UsagePartition partition, int from, int until) {
        var last = partition.idAt(until - 1).toString();
        if (from == partition.begin()) {
            try {
                progress.insertOne(new Document("_id", partition.number())
                        .append("from", from)
                        .append("until", until)
                        .append("last", last));
                return true;
            } catch (MongoWriteException e) {
                if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                    throw e;
                }
                return false;
            }
        }
        return progress.updateOne(
                                and(eq("_id", partition.number()), eq("until", from)),
                                combine(set("from", from), set("until", until), set("last", last)))
                        .getModifiedCount()
                == 1;
    }
}
