package menara.eventstore.mongodb.verify;

import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.cursor.TimeoutMode;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import menara.eventstore.mongodb.Guarantees;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.commit.CommitCodec;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Walks a log from its beginning to its end and says what is wrong with it, and how it can be mended. It holds one batch of commits and
 * {@link EventIds} in memory, whatever the length of the log, and needs only read access.
 */
public final class LogVerifier {

    private static final int COMMITS_PER_BATCH = 200;

    private final MongoDatabase database;
    private final String log;
    private final StoredPositions positions;
    private final Consumer<Finding> findings;
    private long commits;
    private long position;
    private @Nullable BsonValue last;
    private long lastPosition;
    private int found;

    /**
     * A fault of the log.
     *
     * @param position its place, an index of an event of the log
     * @param what is wrong
     * @param repair what to do about it
     */
    public record Finding(long position, String what, String repair) {}

    /**
     * The result of a walk.
     *
     * @param events number of events of the log, which is also the position after its end
     * @param findings number of faults found
     */
    public record Summary(long commits, long events, int findings) {}

    private LogVerifier(MongoDatabase database, String log, Set<String> processors, Consumer<Finding> findings) {
        this.database = Guarantees.bounded(database, Limits.DEFAULT);
        this.log = log;
        this.positions = new StoredPositions(this.database, log, processors);
        this.findings = findings;
    }

    /**
     * Verifies the whole log.
     *
     * @param log the collection, {@code events} or {@code published}
     * @param processors processors that follow it, whose tokens are checked
     * @param findings called with each finding
     */
    public static Summary verify(
            MongoDatabase database, String log, Set<String> processors, Consumer<Finding> findings) {
        return new LogVerifier(database, log, processors, findings).verify();
    }

    private Summary verify() {
        var ids = new EventIds(this::eventAt);
        walk(ids);
        while (ids.nextPart()) {
            forEachCommit(commit -> {
                if (isCommit(commit)) {
                    position = commit.getInt64("_id").getValue();
                    events(commit, event -> add(ids, id(event), position));
                }
            });
        }
        positions.check(position, (what, repair) -> report(position, what, repair));
        return new Summary(commits, position, found);
    }

    private void report(long at, String what, String repair) {
        found++;
        findings.accept(new Finding(at, what, repair));
    }

    private MongoCollection<BsonDocument> collection(String name) {
        return database.getCollection(name, BsonDocument.class);
    }

    private void forEachCommit(Consumer<BsonDocument> commit) {
        collection(log)
                .find(gte("_id", 0L))
                .sort(ascending("_id"))
                .timeoutMode(TimeoutMode.ITERATION)
                .batchSize(COMMITS_PER_BATCH)
                .forEach(commit);
    }

    private void walk(EventIds ids) {
        forEachCommit(commit -> {
            long begin = commit.getInt64("_id").getValue();
            commits++;
            place(begin);
            position = begin;
            if (!isCommit(commit)) {
                report(begin, "the document is no commit", "restore the log from a backup");
                position = begin + 1;
            } else if (format(commit)) {
                predecessor(commit);
                progress(commit);
                events(commit, ids);
            } else {
                position = begin + commit.getInt32("n").getValue();
            }
            last = commit.get("cid");
            lastPosition = begin;
        });
    }

    private static boolean isCommit(BsonDocument document) {
        return document.isInt32("n")
                && document.isBinary("cid")
                && document.isArray("tags")
                && document.isArray("events");
    }

    private void place(long begin) {
        if (begin > position) {
            report(
                    position,
                    "a gap: no commit holds positions %d to %d".formatted(position, begin - 1),
                    "restore the log from a backup that holds them; no reader gets past the gap");
        } else if (begin < position) {
            report(
                    begin,
                    "an overlap: the commit at %d has events up to %d already".formatted(lastPosition, position - 1),
                    "another program than the store wrote one of the two; restore the log from a backup");
        }
    }

    private boolean format(BsonDocument commit) {
        int format = commit.containsKey("v") ? commit.getInt32("v").getValue() : CommitCodec.FORMAT;
        if (format > CommitCodec.FORMAT) {
            report(
                    position,
                    "the commit has format %d, and this version knows %d".formatted(format, CommitCodec.FORMAT),
                    "verify with the version of the store that wrote it");
        }
        return format <= CommitCodec.FORMAT;
    }

    /** Commits of older versions name none. */
    private void predecessor(BsonDocument commit) {
        var named = commit.get("prev");
        if (named != null && !named.equals(last)) {
            report(
                    position,
                    last == null
                            ? "the first commit names one before it"
                            : "the commit names another one before it than the one at %d".formatted(lastPosition),
                    "two states of the database were mixed; restore the log from one backup, and rebuild the"
                            + " projections");
        }
    }

    private void progress(BsonDocument commit) {
        if (commit.containsKey("progress")) {
            long until = commit.getInt64("progress").getValue();
            if (until < positions.progress()) {
                report(
                        position,
                        "what was published goes back from %d to %d of the private log"
                                .formatted(positions.progress(), until),
                        "events were published twice; inform the owners of the followers, which recognise events by id");
            }
            positions.told(until, commit);
        }
    }

    private void events(BsonDocument commit, EventIds ids) {
        long begin = position;
        Set<String> tags = new HashSet<>();
        events(commit, event -> {
            add(ids, id(event), position);
            addTags(event, tags);
        });
        int said = commit.getInt32("n").getValue();
        if (said != position - begin) {
            report(
                    begin,
                    "the commit says that it has %d events, and has %d".formatted(said, position - begin),
                    "restore the log from a backup");
        }
        Set<String> summary = new HashSet<>();
        commit.getArray("tags").forEach(tag -> summary.add(tag.asString().getValue()));
        if (!summary.equals(tags)) {
            report(
                    begin,
                    "the commit has the tags %s, and its events %s".formatted(summary, tags),
                    "set the commit's tags to those of its events: queries by tag use them");
        }
    }

    private void events(BsonDocument commit, Consumer<BsonDocument> each) {
        for (var stored : commit.getArray("events")) {
            each.accept(event(stored));
            position++;
        }
    }

    private static BsonDocument event(BsonValue stored) {
        return stored instanceof BsonBinary packed ? new RawBsonDocument(packed.getData()) : stored.asDocument();
    }

    private static String id(BsonDocument event) {
        return event.getString("id").getValue();
    }

    private static void addTags(BsonDocument event, Set<String> tags) {
        var keysAndValues = event.getArray("tags");
        for (int i = 0; i + 1 < keysAndValues.size(); i += 2) {
            tags.add(keysAndValues.get(i).asString().getValue()
                    + "="
                    + keysAndValues.get(i + 1).asString().getValue());
        }
    }

    private void add(EventIds ids, String id, long at) {
        ids.add(id, at)
                .ifPresent(
                        earlier -> report(
                                at,
                                "event %s is stored twice, at %d and here".formatted(id, earlier),
                                "followers that recognise events by id skip it; leave it, and find out which program wrote it"));
    }

    /** The id of the event at a position that was walked past. */
    private String eventAt(long at) {
        var commit = Objects.requireNonNull(
                collection(log).find(lte("_id", at)).sort(descending("_id")).first());
        long begin = commit.getInt64("_id").getValue();
        return id(event(commit.getArray("events").get((int) (at - begin))));
    }
}
