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

/** Positions of a log that others have stored: how far the private one was published, and where processors are. */
final class StoredPositions {

    private final MongoDatabase database;
    private final String log;
    private final Set<String> processors;
    private long progress;

    /** The private commit before {@code progress}; null if nobody said. */
    private @Nullable BsonDocument witness;

    StoredPositions(MongoDatabase database, String log, Set<String> processors) {
        this.database = database;
        this.log = log;
        this.processors = processors;
    }

    /** Hears what is wrong and how it can be mended. */
    interface Told {

        void found(String what, String repair);
    }

    /** How far the private log was published. */
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

    /** A published log says how far the private one was translated. */
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
                        "it was published up to %d, behind a commit that the private log does not hold"
                                .formatted(progress),
                        report);
            }
        }
    }

    private static void restoredAlone(String what, Told report) {
        report.found(
                what,
                "the private log was restored to an older state than what others were told of it; restore both"
                        + " from one backup");
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
     * A token says with the commit it points behind which log it is of. One whose commit is not here is of another log, or of a state of
     * this one that is lost: only who knows what the processor follows can tell, and names it.
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

    /** Tokens have the id of a commit as text. */
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
