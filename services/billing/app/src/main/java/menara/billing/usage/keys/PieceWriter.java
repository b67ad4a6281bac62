package menara.billing.usage.keys;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.size;
import static com.mongodb.client.model.Updates.addToSet;
import static com.mongodb.client.model.Updates.pull;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.UpdateOptions;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import menara.billing.usage.events.Hash128;
import menara.eventstore.mongodb.database.Deadline;
import org.bson.Document;
import org.bson.types.Binary;

/**
 * Writes the documents of a piece under the writer's own name; the head, shared by all writers, makes them count. A writer that is not
 * first, or crashes, leaves documents that are never read. Its name is recorded among the piece's attempts before its first document, so
 * that they can be found.
 */
final class PieceWriter {

    /** Documents written at once; a full one has 16 kB. */
    private static final int WINDOW = 32;

    /** Documents removed at once. */
    private static final int REMOVED = 512;

    private final MongoCollection<Document> documents;
    private final Deadline deadline;
    private final SealedPiece.Name piece;
    private final String writer;
    private final List<Document> window = new ArrayList<>();
    private List<Hash128> keys = new ArrayList<>();
    private BitSet chunks = new BitSet(SealedPiece.CHUNKS);

    /** @param deadline of the caller that waits for the piece */
    PieceWriter(MongoCollection<Document> documents, Deadline deadline, SealedPiece.Name piece, String writer) {
        this.documents = documents;
        this.deadline = deadline;
        this.piece = piece;
        this.writer = writer;
        inTime().updateOne(eq("_id", piece.attempts()), addToSet("writers", writer), new UpdateOptions().upsert(true));
    }

    /** Limits one call to the time left. */
    private MongoCollection<Document> inTime() {
        return deadline.within(documents);
    }

    /** The content of one document: its keys, and the stored facts of each. */
    static final class Chunk {

        private final List<Hash128> keys = new ArrayList<>();
        private final FactsCodec facts = new FactsCodec();

        void add(Hash128 key, EventFacts said) {
            keys.add(key);
            facts.write(key, said);
        }
    }

    void chunk(int section, int number, Chunk chunk) {
        keys.addAll(chunk.keys);
        chunks.set(number);
        insert(new Document("_id", piece.chunk(writer, section, number))
                .append("facts", new Binary(chunk.facts.bytes())));
    }

    /** After all chunks of the section. */
    void section(int section) {
        insert(new Document("_id", piece.section(writer, section))
                .append(
                        "filter",
                        new Binary(KeyFilter.of(keys.toArray(Hash128[]::new)).bytes()))
                .append("chunks", new Binary(chunks.toByteArray())));
        keys = new ArrayList<>();
        chunks = new BitSet(SealedPiece.CHUNKS);
    }

    private void insert(Document document) {
        window.add(document);
        if (window.size() == WINDOW) {
            flush();
        }
    }

    private void flush() {
        if (!window.isEmpty()) {
            inTime().insertMany(window, new InsertManyOptions().ordered(false));
            window.clear();
        }
    }

    /** Called after all sections. The documents of the first writer count; those of others are removed. */
    void head(int from, int until, UUID last, List<Integer> unreadable) {
        flush();
        var head = new Document("_id", piece.head())
                .append("from", from)
                .append("until", until)
                .append("last", last.toString())
                .append("writer", writer)
                .append("unreadable", unreadable);
        try {
            inTime().insertOne(head);
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
            giveUp();
            return;
        }
        inTime().updateOne(eq("_id", piece.attempts()), pull("writers", writer));
        var others = inTime().find(eq("_id", piece.attempts())).first();
        if (others != null) {
            removeAttempts(inTime(), others, piece, writer);
        }
        removeNoAttempts();
    }

    /** Another has written the piece. */
    void giveUp() {
        remove(inTime(), written(piece, writer));
        inTime().updateOne(eq("_id", piece.attempts()), pull("writers", writer));
        removeNoAttempts();
    }

    private void removeNoAttempts() {
        inTime().deleteOne(and(eq("_id", piece.attempts()), size("writers", 0)));
    }

    private static Stream<String> written(SealedPiece.Name piece, String writer) {
        return IntStream.range(0, piece.sections())
                .boxed()
                .flatMap(section -> Stream.concat(
                        IntStream.range(0, SealedPiece.CHUNKS).mapToObj(chunk -> piece.chunk(writer, section, chunk)),
                        Stream.of(piece.section(writer, section))));
    }

    /**
     * Removes what other writers began of a complete piece. They may still be writing and will find that they were not first. Their names
     * stay until the piece is merged into another one, because they may still be alive.
     */
    static void removeAttempts(
            MongoCollection<Document> documents, Document attempts, SealedPiece.Name piece, String writer) {
        for (var other : attempts.getList("writers", String.class)) {
            if (!other.equals(writer)) {
                remove(documents, written(piece, other));
            }
        }
    }

    /** Removes a merged piece and all attempts at it; the head last, so that the rest can be found after a crash. */
    static void removePiece(MongoCollection<Document> documents, Document head, SealedPiece.Name piece) {
        remove(documents, written(piece, head.getString("writer")));
        var attempts = documents.find(eq("_id", piece.attempts())).first();
        if (attempts != null) {
            attempts.getList("writers", String.class).forEach(writer -> remove(documents, written(piece, writer)));
        }
        documents.deleteMany(in("_id", List.of(piece.attempts(), piece.head())));
    }

    private static void remove(MongoCollection<Document> documents, Stream<String> ids) {
        var window = new ArrayList<String>(REMOVED);
        ids.forEach(id -> {
            window.add(id);
            if (window.size() == REMOVED) {
                documents.deleteMany(in("_id", window));
                window.clear();
            }
        });
        if (!window.isEmpty()) {
            documents.deleteMany(in("_id", window));
        }
    }
}
