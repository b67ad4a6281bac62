package menara.eventstore.mongodb.read;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Updates.max;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOptions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import menara.eventstore.mongodb.commit.Commit;
import menara.eventstore.mongodb.commit.CommitCodec;
import menara.eventstore.mongodb.log.Gap;
import org.axonframework.messaging.eventstreaming.EventCriterion;
import org.axonframework.messaging.eventstreaming.Tag;
import org.bson.Document;
import org.bson.types.Binary;

/**
 * An index from a tag, the name of what an event is about, to the commits that hold it, for servers without multikey indexes. The log is
 * cut into blocks; when a block is full, its tags are stored once, spread over documents by the tag's hash, and a checkpoint moves past it.
 * The content follows from the log alone, so several engines may write the same block, and a half-written one is repeated. Readers walk the
 * log itself from the checkpoint on.
 */
public final class TagIndex {

    /** Positions per block: the most that a cold read has to walk, and the divisor for the number of keys of a look-up. */
    public static final int BLOCK = 8_192;

    /** Documents per block at most; a look-up reads one of them, with the other tags in it. */
    private static final int SHELVES = 1_024;

    private static final int KEYS_PER_READ = 1_000;
    private static final String CHECKPOINT = "checkpoint";

    private final MongoCollection<Document> index;
    private volatile long indexedUntil;

    public TagIndex(MongoCollection<Document> index) {
        this.index = index;
        refresh();
    }

    /** Up to here, exclusive, the index is complete; a commit begins here, or will. */
    public long indexedUntil() {
        return indexedUntil;
    }

    /** Reads how far other engines have come. */
    long refresh() {
        var stored = index.find(eq(CHECKPOINT)).first();
        if (stored != null) {
            indexedUntil =
                    Math.max(indexedUntil, stored.get("until", Number.class).longValue());
        }
        return indexedUntil;
    }

    /** End of the block that is to be written next; it is full once the log reaches it. */
    long nextBlockEnd() {
        return (indexedUntil / BLOCK + 1) * BLOCK;
    }

    /**
     * Positions of commits in [{@code from}, {@code until}) that carry all tags of one of the criteria.
     *
     * @param until at most {@link #indexedUntil}
     */
    Set<Long> positions(Collection<EventCriterion> criteria, long from, long until) {
        Set<String> tags = new HashSet<>();
        criteria.forEach(criterion -> criterion.tags().forEach(tag -> tags.add(CommitCodec.text(tag))));
        var byTag = read(tags, from, until);
        var positions = new TreeSet<Long>();
        for (var criterion : criteria) {
            positions.addAll(ofAll(criterion.tags(), byTag));
        }
        return positions;
    }

    private static Set<Long> ofAll(Set<Tag> tags, Map<String, Set<Long>> byTag) {
        Set<Long> common = null;
        for (var tag : tags) {
            var positions = byTag.getOrDefault(CommitCodec.text(tag), Set.of());
            if (common == null) {
                common = new HashSet<>(positions);
            } else {
                common.retainAll(positions);
            }
        }
        return common == null ? Set.of() : common;
    }

    private Map<String, Set<Long>> read(Set<String> tags, long from, long until) {
        Set<String> keys = new HashSet<>();
        for (var tag : tags) {
            for (long block = Math.max(0, from) / BLOCK; block * BLOCK < until; block++) {
                keys.add(key(block, tag));
            }
        }
        Map<String, Set<Long>> found = new TreeMap<>();
        var all = List.copyOf(keys);
        for (int i = 0; i < all.size(); i += KEYS_PER_READ) {
            var some = all.subList(i, Math.min(all.size(), i + KEYS_PER_READ));
            boolean reaches = false;
            for (var shelf : index.find(in("_id", withCheckpoint(some))).batchSize(KEYS_PER_READ)) {
                if (CHECKPOINT.equals(shelf.getString("_id"))) {
                    reaches = shelf.get("until", Number.class).longValue() >= until;
                    continue;
                }
                long start = shelf.getLong("start");
                var names = shelf.getList("tags", String.class);
                var offsets = shelf.getList("at", Binary.class);
                for (int tag = 0; tag < names.size(); tag++) {
                    if (tags.contains(names.get(tag))) {
                        var positions = found.computeIfAbsent(names.get(tag), _ -> new HashSet<>());
                        unpack(start, offsets.get(tag), from, until, positions);
                    }
                }
            }
            if (!reaches) {
                throw Gap.at(
                        until - 1); // a database that does not show the checkpoint does not show every shelf before it
            }
        }
        return found;
    }

    private static List<String> withCheckpoint(List<String> keys) {
        var all = new ArrayList<>(keys);
        all.add(CHECKPOINT);
        return all;
    }

    private static void unpack(long start, Binary offsets, long from, long until, Set<Long> into) {
        var bytes = ByteBuffer.wrap(offsets.getData());
        while (bytes.hasRemaining()) {
            long position = start + bytes.getShort();
            if (position >= from && position < until) {
                into.add(position);
            }
        }
    }

    /**
     * Stores a full block, then moves the checkpoint past it.
     *
     * @param commits all that begin in the block
     */
    void add(List<Commit> commits) {
        long start = commits.getFirst().position() / BLOCK * BLOCK;
        Map<String, Set<Integer>> offsets = new TreeMap<>();
        for (var commit : commits) {
            int offset = (int) (commit.position() - start);
            for (var event : commit.events()) {
                for (var tag : event.tags()) {
                    offsets.computeIfAbsent(CommitCodec.text(tag), _ -> new TreeSet<>())
                            .add(offset);
                }
            }
        }
        Map<String, Document> shelves = new TreeMap<>();
        offsets.forEach((tag, positions) -> {
            var shelf = shelves.computeIfAbsent(
                    key(start / BLOCK, tag),
                    key -> new Document("_id", key)
                            .append("start", start)
                            .append("tags", new ArrayList<String>())
                            .append("at", new ArrayList<Binary>()));
            shelf.getList("tags", String.class).add(tag);
            shelf.getList("at", Binary.class).add(pack(positions));
        });
        write(List.copyOf(shelves.values()));
        long until = commits.getLast().next();
        index.updateOne(eq(CHECKPOINT), max("until", until), new UpdateOptions().upsert(true));
        indexedUntil = Math.max(indexedUntil, until);
    }

    private static Binary pack(Set<Integer> offsets) {
        var bytes = ByteBuffer.allocate(Short.BYTES * offsets.size());
        offsets.forEach(offset -> bytes.putShort(offset.shortValue()));
        return new Binary(bytes.array());
    }

    private void write(List<Document> shelves) {
        if (shelves.isEmpty()) {
            return;
        }
        try {
            index.insertMany(shelves);
        } catch (MongoBulkWriteException e) {
            // Some exist already: another engine writes the same block, or crashed while it did.
            for (var shelf : shelves) {
                index.replaceOne(eq(shelf.getString("_id")), shelf, new ReplaceOptions().upsert(true));
            }
        }
    }

    private static String key(long block, String tag) {
        return block + "/" + Math.floorMod(tag.hashCode(), SHELVES); // String.hashCode is the same in every Java
    }
}
