package menara.billing.usage.keys;

import static java.util.Objects.requireNonNull;

import com.mongodb.client.MongoCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import menara.billing.usage.events.Hash128;
import menara.eventstore.mongodb.commitlog.Committed;
import menara.eventstore.mongodb.database.BoundedLock;
import menara.eventstore.mongodb.database.Deadline;
import menara.platform.time.IdFactory;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The facts of events in the older pieces of a partition: the filters of each piece in memory, and its facts in documents. A piece is
 * written once, by whichever instance is first, and so is the piece that eight of them are merged into: first its documents, under the
 * writer's own name, then the head that makes them count. Thread-safe.
 *
 * <p>{@code {_id: "partition|level|index", from, until, last, writer, unreadable: [place, …]}}; by the first bits of the keys
 * {@code {_id: "partition|level|index|writer|section", filter, chunks}}; and by the next eight
 * {@code {_id: "partition|level|index|writer|section|chunk", facts}}.
 */
public final class SealedKeys {

    /** How often pieces may be merged by another instance under a look-up. */
    private static final int MAX_MERGED_MEANWHILE = 10;

    private final int partition;
    private final @Nullable SealedKeys before;
    private final MongoCollection<Document> documents;
    private final PieceReader reader;
    private final LeftOverPieces leftOver;
    private final IdFactory ids;

    /** Held while pieces are written, or listed. */
    private final BoundedLock lock = new BoundedLock();

    /** Without a gap, from the first event on. */
    private volatile List<SealedPiece> pieces = List.of();

    /** @param before the keys of the log that this one continues; null if it continues none */
    public SealedKeys(int partition, @Nullable SealedKeys before, MongoCollection<Document> documents, IdFactory ids) {
        this.partition = partition;
        this.before = before;
        this.documents = documents;
        this.reader = new PieceReader(documents);
        this.leftOver = new LeftOverPieces(documents, reader);
        this.ids = ids;
        readAgain(Deadline.NONE);
        leftOver.removeOf(pieces);
    }

    /** Place behind the last sealed document of the log. */
    public int end() {
        return end(pieces);
    }

    /** Id of the last sealed document of the log; {@link Committed#NO_COMMIT} if there is none, or the writer did not store it. */
    public UUID last() {
        var sealed = pieces;
        if (sealed.isEmpty()) {
            return before == null ? Committed.NO_COMMIT : before.last();
        }
        return sealed.getLast().last();
    }

    private int end(List<SealedPiece> sealed) {
        if (sealed.isEmpty()) {
            return before == null ? 0 : before.end();
        }
        return sealed.getLast().until();
    }

    /** Documents of the log whose events are not sealed. */
    public List<Integer> unreadable() {
        var unreadable = new ArrayList<>(before == null ? List.<Integer>of() : before.unreadable());
        pieces.forEach(piece -> unreadable.addAll(piece.unreadable()));
        return unreadable;
    }

    /** Number of filters that a look-up reads. */
    public int pieces() {
        return pieces.size() + (before == null ? 0 : before.pieces());
    }

    /** The pieces that exist now, the largest ones that cover the log; those in memory are not read again. */
    private void readAgain(Deadline deadline) {
        boolean read = lock.locked(deadline, () -> {
            int attempt = 0;
            while (attempt < MAX_MERGED_MEANWHILE && !isRead(deadline)) {
                attempt++;
            }
            return attempt < MAX_MERGED_MEANWHILE;
        });
        if (!read) {
            throw new IllegalStateException(
                    "documents of the usage keys of partition %d are gone".formatted(partition));
        }
    }

    /** False if another instance merged a piece while it was read. */
    private boolean isRead(Deadline deadline) {
        var known = pieces.stream().collect(Collectors.toMap(SealedPiece::name, piece -> piece));
        var read = new ArrayList<SealedPiece>();
        for (var head = head(read, deadline); head.isPresent(); head = head(read, deadline)) {
            var found = head.get();
            var name = name(next(read), found);
            var before = Optional.ofNullable(known.get(name))
                    .filter(piece -> piece.writer().equals(found.getString("writer")));
            var piece = before.isPresent() ? before : reader.read(name, found, deadline);
            if (piece.isEmpty()) {
                return false;
            }
            read.add(piece.get());
        }
        pieces = List.copyOf(read);
        return true;
    }

    private static int next(List<SealedPiece> sealed) {
        return sealed.isEmpty() ? 0 : sealed.getLast().name().end();
    }

    private SealedPiece.Name name(int begin, Document head) {
        return SealedPiece.Name.beginningAt(partition, begin).stream()
                .filter(name -> name.head().equals(head.getString("_id")))
                .findFirst()
                .orElseThrow();
    }

    /** The largest piece that follows those. */
    private Optional<Document> head(List<SealedPiece> sealed, Deadline deadline) {
        var names = SealedPiece.Name.beginningAt(partition, next(sealed));
        var found = reader.byId(names.stream().map(SealedPiece.Name::head).toList(), deadline);
        return names.stream()
                .flatMap(name -> Optional.ofNullable(found.get(name.head())).stream())
                .filter(head -> head.getInteger("from") == end(sealed))
                .findFirst();
    }

    /**
     * Seals the piece that begins where the sealed ones end. Sealing it again, or at the same time as another instance, changes nothing.
     *
     * @param deadline of the caller, also while another thread seals
     * @return places of documents whose events the table has and the sealed piece lacks, because its writer could not read them
     * @throws IllegalStateException if another instance cut the log elsewhere
     */
    public Set<Integer> seal(KnownEvents.Unsealed full, Deadline deadline) {
        return lock.locked(deadline, () -> sealed(full, deadline));
    }

    private Set<Integer> sealed(KnownEvents.Unsealed full, Deadline deadline) {
        int from = full.from();
        int until = full.until();
        if (end() < until) {
            readAgain(deadline);
        }
        if (end() < until) {
            write(full, deadline);
            readAgain(deadline);
        }
        if (end() < until) {
            throw new IllegalStateException(
                    "documents %d to %d of partition %d were sealed by another instance as ending at %d"
                            .formatted(from, until, partition, end()));
        }
        var missing = new HashSet<>(unreadable());
        missing.removeAll(full.table().unreadable());
        missing.removeIf(place -> place < from || place >= until);
        return missing;
    }

    private void write(KnownEvents.Unsealed full, Deadline deadline) {
        var name = new SealedPiece.Name(partition, 0, next(pieces));
        var chunks = new TreeMap<Integer, PieceWriter.Chunk>();
        full.table()
                .forEach((key, facts) -> chunks.computeIfAbsent(name.chunkOf(key), _ -> new PieceWriter.Chunk())
                        .add(key, facts));
        var writer = new PieceWriter(documents, deadline, name, ids.next().toString());
        chunks.forEach((number, chunk) -> writer.chunk(0, number, chunk));
        writer.section(0);
        writer.head(full.from(), full.until(), full.last(), full.table().unreadable());
    }

    /** Merges neighbours into a piece of the next level; false if there are not enough of a level. */
    public boolean merge() {
        var sealed = pieces;
        for (int first = 0; first + SealedPiece.MERGED <= sealed.size(); first++) {
            var parts = sealed.subList(first, first + SealedPiece.MERGED);
            var name = parts.getFirst().name();
            if (name.index() % SealedPiece.MERGED == 0
                    && name.level() < SealedPiece.MAX_LEVEL
                    && parts.stream().allMatch(part -> part.name().level() == name.level())) {
                merge(parts, name.whole());
                return true;
            }
        }
        return false;
    }

    /** One section is in memory at a time, as large as a piece of the lowest level. */
    private void merge(List<SealedPiece> parts, SealedPiece.Name whole) {
        var writer = new PieceWriter(documents, Deadline.NONE, whole, ids.next().toString());
        int share = SealedPiece.CHUNKS / SealedPiece.MERGED;
        for (int section = 0; section < whole.sections(); section++) {
            int partSection = section / SealedPiece.MERGED;
            for (int i = 0; i < share; i++) {
                int partChunk = section % SealedPiece.MERGED * share + i;
                var ids = parts.stream()
                        .filter(part ->
                                part.sections().get(partSection).chunks().get(partChunk))
                        .map(part -> part.name().chunk(part.writer(), partSection, partChunk))
                        .toList();
                var found = reader.byId(ids, Deadline.NONE);
                if (found.size() < ids.size()) {
                    writer.giveUp();
                    readAgain(Deadline.NONE); // another instance was faster
                    return;
                }
                var merged = new LinkedHashMap<Hash128, EventFacts>();
                for (var id : ids) {
                    PieceReader.facts(
                            requireNonNull(found.get(id)), (key, facts) -> merged.merge(key, facts, EventFacts::and));
                }
                var chunks = new TreeMap<Integer, PieceWriter.Chunk>();
                merged.forEach((key, facts) -> chunks.computeIfAbsent(whole.chunkOf(key), _ -> new PieceWriter.Chunk())
                        .add(key, facts));
                int ofSection = section;
                chunks.forEach((number, chunk) -> writer.chunk(ofSection, number, chunk));
            }
            writer.section(section);
        }
        writer.head(
                parts.getFirst().from(),
                parts.getLast().until(),
                parts.getLast().last(),
                parts.stream().flatMap(part -> part.unreadable().stream()).toList());
        readAgain(Deadline.NONE);
        leftOver.removeParts(whole);
    }

    /** The sealed facts of those keys that have any. */
    public Map<Hash128, EventFacts> find(Collection<Hash128> keys, Deadline deadline) {
        return find(keys, 0, deadline);
    }

    /** The sealed facts of those keys in pieces that end after {@code after}. */
    public Map<Hash128, EventFacts> find(Collection<Hash128> keys, int after, Deadline deadline) {
        var found = new HashMap<>(before == null ? Map.<Hash128, EventFacts>of() : before.find(keys, after, deadline));
        findHere(keys, piece -> piece.until() > after, deadline)
                .forEach((key, facts) -> found.merge(key, facts, EventFacts::and));
        return found;
    }

    private Map<Hash128, EventFacts> findHere(
            Collection<Hash128> keys, Predicate<SealedPiece> asked, Deadline deadline) {
        for (int attempt = 0; attempt < MAX_MERGED_MEANWHILE; attempt++) {
            var sealed = pieces;
            var found = reader.find(keys, sealed.stream().filter(asked).toList(), deadline);
            if (found.isPresent()) {
                return found.get();
            }
            readAgain(deadline);
            if (sealed.equals(pieces)) {
                break;
            }
        }
        throw new IllegalStateException("documents of the usage keys of partition %d are gone".formatted(partition));
    }
}
