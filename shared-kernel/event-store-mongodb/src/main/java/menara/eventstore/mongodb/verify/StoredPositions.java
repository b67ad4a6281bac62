package menara.eventstore.mongodb.verify;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.jspecify.annotations.Nullable;

/** Positions of a log that are stored elsewhere: the progress of publishing, and of processors. */
final class StoredPositions {

    private final MongoDatabase database;
    private final String log;
    private final Set<String> processors;
    private long progress;

    /** The private commit before {@code progress}; null if it is not recorded. */
    private @Nullable BsonDocument witness;

    StoredPositions(MongoDatabase database, String log, Set<String> processors) {
        this.database = database;
        this.log = log;
        this.processors = processors;
    }

    /** Called with each fault and how to mend it. */
    interface Told {

        void found(String what, String repair);
    }

    /** The progress of publishing the private log. */
    long progress() {
        return progress;
    }

    void told(long until, BsonDocument by) {
        if (until >= progress) {
            progress = until;
            witness = by.getDocument("witness", null);
        }
    }

    /** @param end of the log */
    void check(long end, Told report) {
        published(end, report);
        tokens(report);
    }

    private MongoCollection<BsonDocument> collection(String name) {
        return database.getCollection(name, BsonDocument.class);
    }

    /** A published log records how far the private one was translated. */
    private void published(long end, Told report) {
        var beside = collection(log + "_progress").find(eq(log)).first();
        if (beside != null && longOf(beside, "head") == end) {
            told(longOf(beside, "progress"), beside);
        }
        if (progress > 0) {
            long privateEnd = endOf("events");
            if (progress > privateEnd) {
                restoredAlone(
                        "it was published up to %d, and the private log ends at %d".formatted(progress, privateEnd),
                        report);
            } else if (witness != null && !isIn("events", witness)) {
                restoredAlone(
                        "it was published up to %d, after a commit that the private log does not hold"
                                .formatted(progress),
                        report);
            }
        }
    }

    private static void restoredAlone(String what, Told report) {
        report.found(
                what,
                "the private log was restored to an older state than was published; restore both" + " from one backup");
    }

    private long endOf(String other) {
        var end = collection(other).find(gte("_id", 0L)).sort(descending("_id")).first();
        return end == null
                ? 0
                : end.getInt64("_id").getValue() + end.getInt32("n").getValue();
    }

    private static long longOf(BsonDocument document, String field) {
        return document.getOrDefault(field, new BsonInt64(0)).asNumber().longValue();
    }

    /**
     * The commit before a token identifies its log. A token whose commit is not in this log is of another log, or of a lost state of this
     * one. Only the operator knows which log a processor follows, and names the processors.
     */
    private void tokens(Told report) {
        for (var token : collection("tokens").find(exists("witness"))) {
            var processor = token.getString("processor").getValue();
            if (processors.contains(processor) && !isIn(log, token.getDocument("witness"))) {
                report.found(
                        "processor %s has seen a commit that the log does not hold, up to %d"
                                .formatted(processor, longOf(token, "position")),
                        "delete its tokens and rebuild what it projected");
            }
        }
    }

    /** Tokens store the id of a commit as text. */
    private boolean isIn(String other, BsonDocument witness) {
        var commit = collection(other).find(eq(longOf(witness, "position"))).first();
        if (commit == null) {
            return false;
        }
        var id = commit.getBinary("cid");
        return id.equals(witness.get("cid"))
                || (witness.isString("cid")
                        && witness.getString("cid")
                                .getValue()
                                .equals(id.asUuid().toString()));
    }
}
