package menara.eventstore.mongodb;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Updates.addEachToSet;
import static com.mongodb.client.model.Updates.max;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.axonframework.messaging.eventstreaming.EventCriterion;
import org.axonframework.messaging.eventstreaming.Tag;
import org.bson.Document;

/**
 * Where the commits of a tag are, for servers without multikey indexes: one document per tag and block of the log, holding the
 * positions of its commits, and a checkpoint up to which the index is complete. It may lag; whoever reads goes through the rest
 * of the log itself. Every write is idempotent, so several engines may index the same commits, and a crash between the two writes
 * only repeats work.
 */
final class TagIndex {

    /** Positions per block: bounds a document to so many entries and a look-up to log length ÷ this many keys. */
    private static final long BLOCK = 8_192;

    private static final int KEYS_PER_READ = 1_000;
    private static final String CHECKPOINT = "checkpoint";

    private final MongoCollection<Document> index;
    private volatile long indexedUntil;

    TagIndex(MongoCollection<Document> index) {
        this.index = index;
        this.indexedUntil = storedCheckpoint();
    }

    /** Up to here, exclusive, the index is complete. */
    long indexedUntil() {
        return indexedUntil;
    }

    long refresh() {
        indexedUntil = Math.max(indexedUntil, storedCheckpoint());
        return indexedUntil;
    }

    private long storedCheckpoint() {
        var stored = index.find(eq(CHECKPOINT)).first();
        return stored == null ? 0 : stored.get("until", Number.class).longValue();
    }

    /** Positions of commits in [{@code from}, {@code until}) that carry a tag of each criterion. */
    Set<Long> positions(Collection<EventCriterion> criteria, long from, long until) {
        var keys = new ArrayList<String>();
        for (var criterion : criteria) {
            // One tag of each criterion is enough to find candidates; the events themselves are matched against all of
            // them.
            Tag tag = criterion.tags().iterator().next();
            for (long block = Math.max(0, from) / BLOCK; block * BLOCK < until; block++) {
                keys.add(key(tag, block));
            }
        }
        var positions = new TreeSet<Long>();
        for (int i = 0; i < keys.size(); i += KEYS_PER_READ) {
            for (var entry : index.find(in("_id", keys.subList(i, Math.min(keys.size(), i + KEYS_PER_READ))))) {
                for (Number position : entry.getList("p", Number.class)) {
                    positions.add(position.longValue());
                }
            }
        }
        positions.removeIf(position -> position < from || position >= until);
        return positions;
    }

    /** Adds commits that follow the checkpoint without a gap, then moves the checkpoint behind them. */
    void add(List<Commit> commits) {
        Map<String, Set<Long>> entries = new HashMap<>();
        for (var commit : commits) {
            for (var event : commit.events()) {
                for (var tag : event.tags()) {
                    entries.computeIfAbsent(key(tag, commit.position() / BLOCK), _ -> new HashSet<>())
                            .add(commit.position());
                }
            }
        }
        if (!entries.isEmpty()) {
            var writes = new ArrayList<UpdateOneModel<Document>>();
            entries.forEach((key, positions) -> writes.add(new UpdateOneModel<>(
                    eq(key), addEachToSet("p", List.copyOf(positions)), new UpdateOptions().upsert(true))));
            index.bulkWrite(writes, new BulkWriteOptions().ordered(true));
        }
        long until = commits.getLast().next();
        index.updateOne(eq(CHECKPOINT), max("until", until), new UpdateOptions().upsert(true));
        indexedUntil = Math.max(indexedUntil, until);
    }

    private static String key(Tag tag, long block) {
        return CommitCodec.text(tag) + "#" + block;
    }
}
