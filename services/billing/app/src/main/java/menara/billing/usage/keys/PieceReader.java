package menara.billing.usage.keys;

import static com.mongodb.client.model.Filters.in;
import static java.util.Objects.requireNonNull;

import com.mongodb.client.MongoCollection;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import menara.billing.usage.events.Hash128;
import menara.eventstore.mongodb.commitlog.Committed;
import menara.eventstore.mongodb.database.Deadline;
import org.bson.Document;
import org.bson.types.Binary;

/** Reads the documents of sealed pieces. */
final class PieceReader {

    /** Documents read at once; a document of a full piece has about 16 kB, a filter 250 kB. */
    private static final int WINDOW = 32;

    private final MongoCollection<Document> documents;

    PieceReader(MongoCollection<Document> documents) {
        this.documents = documents;
    }

    /** A piece whose head was found; empty if a section of it is gone. */
    Optional<SealedPiece> read(SealedPiece.Name name, Document head, Deadline deadline) {
        var writer = head.getString("writer");
        var sections = new ArrayList<SealedPiece.Section>();
        var all = IntStream.range(0, name.sections())
                .mapToObj(section -> name.section(writer, section))
                .toList();
        for (int first = 0; first < all.size(); first += WINDOW) {
            var window = all.subList(first, Math.min(all.size(), first + WINDOW));
            var found = byId(window, deadline);
            for (var id : window) {
                var section = found.get(id);
                if (section == null) {
                    return Optional.empty();
                }
                sections.add(new SealedPiece.Section(
                        KeyFilter.of(section.get("filter", Binary.class).getData()),
                        BitSet.valueOf(section.get("chunks", Binary.class).getData())));
            }
        }
        return Optional.of(new SealedPiece(
                name,
                head.getInteger("from"),
                head.getInteger("until"),
                last(head),
                writer,
                List.copyOf(head.getList("unreadable", Integer.class)),
                List.copyOf(sections)));
    }

    private static UUID last(Document head) {
        var last = head.getString("last");
        return last == null ? Committed.NO_COMMIT : UUID.fromString(last);
    }

    /** Those of the documents that exist. */
    Map<String, Document> byId(Collection<String> ids, Deadline deadline) {
        var found = new HashMap<String, Document>();
        deadline.within(documents)
                .find(in("_id", ids))
                .batchSize(WINDOW)
                .forEach(one -> found.put(one.getString("_id"), one));
        return found;
    }

    /** The facts of keys in pieces; empty if a document is gone because its piece was merged. */
    Optional<Map<Hash128, EventFacts>> find(Collection<Hash128> keys, List<SealedPiece> sealed, Deadline deadline) {
        var wanted = new TreeMap<String, Set<Hash128>>();
        var order = new HashMap<String, Integer>();
        for (int i = 0; i < sealed.size(); i++) {
            for (var key : keys) {
                if (sealed.get(i).mayHold(key)) {
                    var id = sealed.get(i).chunk(key);
                    wanted.computeIfAbsent(id, _ -> new HashSet<>()).add(key);
                    order.put(id, i);
                }
            }
        }
        var found = new HashMap<Hash128, TreeMap<Integer, EventFacts>>();
        var ids = List.copyOf(wanted.keySet());
        int seen = 0;
        for (int first = 0; first < ids.size(); first += WINDOW) {
            var window = byId(ids.subList(first, Math.min(ids.size(), first + WINDOW)), deadline);
            seen += window.size();
            window.forEach((id, document) -> {
                var sought = requireNonNull(wanted.get(id));
                int piece = requireNonNull(order.get(id));
                facts(document, (key, facts) -> {
                    if (sought.contains(key)) {
                        found.computeIfAbsent(key, _ -> new TreeMap<>()).put(piece, facts);
                    }
                });
            });
        }
        if (seen < ids.size()) {
            return Optional.empty();
        }
        var all = new HashMap<Hash128, EventFacts>();
        found.forEach(
                (key, byPiece) -> all.put(key, byPiece.values().stream().reduce(EventFacts.NONE, EventFacts::and)));
        return Optional.of(all);
    }

    /** The facts of events in a document. */
    static void facts(Document document, BiConsumer<Hash128, EventFacts> told) {
        try {
            FactsCodec.read(document.get("facts", Binary.class).getData(), told);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "document %s of the usage keys cannot be read".formatted(document.getString("_id")), e);
        }
    }
}
