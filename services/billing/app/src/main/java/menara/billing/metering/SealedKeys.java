package menara.billing.metering;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Updates.addToSet;
import static java.util.Objects.requireNonNull;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.UpdateOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import menara.platform.time.IdFactory;
import org.bson.Document;
import org.bson.types.Binary;

/**
 * What the older pieces of a partition say of events: of each piece a filter in memory, and the facts in documents. A piece is written once,
 * by whichever instance is first: its facts under names of the writer's own, then the document that makes them count. Thread-safe.
 *
 * <p>{@code {_id: "partition|n", from, until, events, writer, unreadable: [place, …], filter}} and, by the first byte of the keys,
 * {@code {_id: "partition|n|writer|byte", facts}}.
 */
final class SealedKeys {

    /** Documents of a piece: by the first byte of a key. */
    private static final int CHUNKS = 256;

    /** Documents written or read at once; a piece of 131,072 events has some 16 kB in each. */
    private static final int WINDOW = 32;

    private final int partition;
    private final MongoCollection<Document> documents;
    private final IdFactory ids;

    /** Without a gap, from the first event on. */
    private volatile List<Piece> pieces = List.of();

    private record Piece(int from, int until, String writer, List<Integer> unreadable, KeyFilter filter) {}

    SealedKeys(int partition, MongoCollection<Document> documents, IdFactory ids) {
        this.partition = partition;
        this.documents = documents;
        this.ids = ids;
        while (load(WINDOW)) {
            // until no more is found
        }
    }

    /** Place behind the last sealed document of the log. */
    int end() {
        return end(pieces);
    }

    private static int end(List<Piece> sealed) {
        return sealed.isEmpty() ? 0 : sealed.getLast().until();
    }

    /** Documents of the log whose events are not among what is sealed. */
    List<Integer> unreadable() {
        return pieces.stream().flatMap(piece -> piece.unreadable().stream()).toList();
    }

    private String head(int piece) {
        return partition + "|" + piece;
    }

    private String attempts(int piece) {
        return head(piece) + "|attempts";
    }

    private String chunk(int piece, String writer, int chunk) {
        return head(piece) + "|" + writer + "|" + chunk;
    }

    private static int chunkOf(Hash128 key) {
        return (int) (key.high() >>> 56);
    }

    /** Looks for pieces that are not known here; whether there were as many as looked for. */
    private synchronized boolean load(int window) {
        int first = pieces.size();
        var ids = IntStream.range(first, first + window).mapToObj(this::head).toList();
        var found = new HashMap<String, Piece>();
        documents.find(in("_id", ids)).batchSize(WINDOW).forEach(head -> found.put(head.getString("_id"), piece(head)));
        var known = new ArrayList<>(pieces);
        for (var id : ids) {
            var piece = found.get(id);
            if (piece == null || piece.from() != end(known)) {
                break;
            }
            known.add(piece);
        }
        boolean all = known.size() == first + window;
        pieces = List.copyOf(known);
        return all;
    }

    private static Piece piece(Document head) {
        return new Piece(
                head.getInteger("from"),
                head.getInteger("until"),
                head.getString("writer"),
                List.copyOf(head.getList("unreadable", Integer.class)),
                KeyFilter.of(head.get("filter", Binary.class).getData()));
    }

    /**
     * Seals what a piece says that begins where the sealed ones end. Repeating it, or doing it at once with another instance, changes nothing.
     *
     * @throws IllegalStateException if another instance sealed another piece, as it could read what could not be read here
     */
    synchronized void seal(EventTable table, int from, int until) {
        if (end() >= until) {
            return;
        }
        int piece = pieces.size();
        load(1);
        if (pieces.size() == piece) {
            write(piece, table, from, until);
            load(1);
        }
        if (end() != until) {
            throw new IllegalStateException(
                    "documents %d to %d of partition %d were sealed by another instance as ending at %d; start this one again"
                            .formatted(from, until, partition, end()));
        }
    }

    private void write(int piece, EventTable table, int from, int until) {
        var writer = ids.next().toString();
        // What a crash leaves behind is found by whoever seals the piece.
        documents.updateOne(eq("_id", attempts(piece)), addToSet("writers", writer), new UpdateOptions().upsert(true));
        var keys = new ArrayList<Hash128>(table.events());
        var chunks = new FactsCodec[CHUNKS];
        table.forEach((key, facts) -> {
            keys.add(key);
            int chunk = chunkOf(key);
            if (chunks[chunk] == null) {
                chunks[chunk] = new FactsCodec();
            }
            chunks[chunk].write(key, facts);
        });
        var written = new ArrayList<String>();
        for (int first = 0; first < CHUNKS; first += WINDOW) {
            var window = new ArrayList<Document>();
            for (int chunk = first; chunk < first + WINDOW; chunk++) {
                if (chunks[chunk] != null) {
                    window.add(new Document("_id", chunk(piece, writer, chunk))
                            .append("facts", new Binary(chunks[chunk].bytes())));
                }
            }
            if (!window.isEmpty()) {
                documents.insertMany(window, new InsertManyOptions().ordered(false));
                window.forEach(one -> written.add(one.getString("_id")));
            }
        }
        var head = new Document("_id", head(piece))
                .append("from", from)
                .append("until", until)
                .append("events", table.events())
                .append("writer", writer)
                .append("unreadable", table.unreadable())
                .append(
                        "filter",
                        new Binary(KeyFilter.of(keys.toArray(Hash128[]::new)).bytes()));
        try {
            documents.insertOne(head);
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
            documents.deleteMany(in("_id", written));
            return;
        }
        forgetAttempts(piece, writer);
    }

    private void forgetAttempts(int piece, String writer) {
        var attempts = documents.find(eq("_id", attempts(piece))).first();
        if (attempts == null) {
            return;
        }
        for (var other : attempts.getList("writers", String.class)) {
            if (!other.equals(writer)) {
                documents.deleteMany(in(
                        "_id",
                        IntStream.range(0, CHUNKS)
                                .mapToObj(chunk -> chunk(piece, other, chunk))
                                .toList()));
            }
        }
        documents.deleteOne(eq("_id", attempts(piece)));
    }

    /** What is sealed of those keys of which something is. */
    Map<Hash128, EventFacts> find(Collection<Hash128> keys) {
        var sealed = pieces;
        var wanted = new TreeMap<String, Set<Hash128>>();
        var pieceOf = new HashMap<String, Integer>();
        for (int i = 0; i < sealed.size(); i++) {
            var piece = sealed.get(i);
            for (var key : keys) {
                if (piece.filter().mayHold(key)) {
                    var id = chunk(i, piece.writer(), chunkOf(key));
                    wanted.computeIfAbsent(id, _ -> new HashSet<>()).add(key);
                    pieceOf.put(id, i);
                }
            }
        }
        var found = new HashMap<Hash128, TreeMap<Integer, EventFacts>>();
        var ids = List.copyOf(wanted.keySet());
        for (int first = 0; first < ids.size(); first += WINDOW) {
            var window = ids.subList(first, Math.min(ids.size(), first + WINDOW));
            documents.find(in("_id", window)).batchSize(WINDOW).forEach(document -> {
                var id = document.getString("_id");
                var sought = requireNonNull(wanted.get(id));
                int piece = requireNonNull(pieceOf.get(id));
                FactsCodec.read(document.get("facts", Binary.class).getData(), (key, facts) -> {
                    if (sought.contains(key)) {
                        found.computeIfAbsent(key, _ -> new TreeMap<>()).put(piece, facts);
                    }
                });
            });
        }
        var all = new HashMap<Hash128, EventFacts>();
        found.forEach(
                (key, byPiece) -> all.put(key, byPiece.values().stream().reduce(EventFacts.NONE, EventFacts::and)));
        return all;
    }
}
