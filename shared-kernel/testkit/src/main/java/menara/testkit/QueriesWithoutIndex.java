package menara.testkit;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Listens to what a service asks its database for, and to the indexes that it declares, and tells which questions no index answers. The
 * embedded server ignores indexes, so that a question without one is fast in every test and slow in production only.
 *
 * <p>An index answers a question if it begins with what the question compares with a value, and goes on with what it sorts by. Without a
 * comparison it begins with what is sorted by or compared with a range. All of a collection may be read, in the order of {@code _id}.
 */
public final class QueriesWithoutIndex implements CommandListener {

    private static final List<String> ID = List.of("_id");
    private static final Set<String> EQUALITIES = Set.of("$eq", "$in");

    private final String database;
    private final Map<String, Set<List<String>>> indexes = new ConcurrentHashMap<>();
    private final Map<String, Set<Query>> queries = new ConcurrentHashMap<>();

    /** @param database of the service; others' are theirs to look after */
    public QueriesWithoutIndex(String database) {
        this.database = database;
    }

    /**
     * The form of a question, without its values.
     *
     * @param compared fields that have to have one of some values
     * @param ranges fields that are asked about in another way
     * @param sort fields of the order, first things first
     */
    private record Query(Set<String> compared, Set<String> ranges, List<String> sort) {

        boolean isAnsweredBy(List<String> index) {
            int used = 0;
            while (used < index.size() && compared.contains(index.get(used))) {
                used++;
            }
            if (used == 0 && !compared.isEmpty()) {
                return false;
            }
            var rest = index.subList(used, index.size());
            if (!sort.isEmpty()) {
                return (rest.size() >= sort.size()
                                && rest.subList(0, sort.size()).equals(sort))
                        || compared.contains(sort.getFirst());
            }
            return used > 0 || (ranges.isEmpty() ? index.equals(ID) : ranges.contains(index.getFirst()));
        }

        /** One document, or a few whose names are known: in any order. */
        boolean isPointRead() {
            return compared.contains("_id");
        }
    }

    @Override
    public void commandStarted(CommandStartedEvent event) {
        if (!event.getDatabaseName().equals(database)) {
            return;
        }
        var command = event.getCommand();
        var collection = command.get(event.getCommandName());
        if (!(collection instanceof BsonString name)) {
            return;
        }
        switch (event.getCommandName()) {
            case "createIndexes" ->
                command.getArray("indexes")
                        .forEach(index -> indexes.computeIfAbsent(name.getValue(), _ -> ConcurrentHashMap.newKeySet())
                                .add(List.copyOf(
                                        index.asDocument().getDocument("key").keySet())));
            case "find" -> asked(name, document(command, "filter"), document(command, "sort"));
            case "count" -> asked(name, document(command, "query"), new BsonDocument());
            case "aggregate" -> aggregated(name, command.getArray("pipeline"));
            default -> {} // no question
        }
    }

    private void aggregated(BsonString collection, BsonArray pipeline) {
        var first =
                pipeline.isEmpty() ? new BsonDocument() : pipeline.getFirst().asDocument();
        var then = pipeline.size() < 2 ? new BsonDocument() : pipeline.get(1).asDocument();
        asked(
                collection,
                document(first, "$match"),
                first.containsKey("$match") ? document(then, "$sort") : document(first, "$sort"));
    }

    private static BsonDocument document(BsonDocument within, String field) {
        return within.getDocument(field, new BsonDocument());
    }

    private void asked(BsonString collection, BsonDocument filter, BsonDocument sort) {
        var compared = new HashSet<String>();
        var ranges = new HashSet<String>();
        read(filter, compared, ranges);
        queries.computeIfAbsent(collection.getValue(), _ -> ConcurrentHashMap.newKeySet())
                .add(new Query(Set.copyOf(compared), Set.copyOf(ranges), List.copyOf(sort.keySet())));
    }

    private static void read(BsonDocument filter, Set<String> compared, Set<String> ranges) {
        filter.forEach((field, value) -> {
            if (field.equals("$and")) {
                value.asArray().forEach(part -> read(part.asDocument(), compared, ranges));
            } else if (!field.startsWith("$")) {
                (isEquality(value) ? compared : ranges).add(field);
            }
        });
    }

    private static boolean isEquality(BsonValue value) {
        return !(value instanceof BsonDocument condition)
                || condition.isEmpty()
                || !condition.getFirstKey().startsWith("$")
                || condition.keySet().stream().anyMatch(EQUALITIES::contains);
    }

    /** The questions that no index answers, each with its collection. */
    public Collection<String> found() {
        var found = new TreeSet<String>();
        queries.forEach((collection, asked) -> {
            var known = new ArrayList<List<String>>(List.of(ID));
            known.addAll(indexes.getOrDefault(collection, Set.of()));
            asked.stream()
                    .filter(query -> !query.isPointRead() && known.stream().noneMatch(query::isAnsweredBy))
                    .forEach(query -> found.add("%s by %s, ranges of %s, sorted by %s"
                            .formatted(
                                    collection,
                                    new TreeSet<>(query.compared()),
                                    new TreeSet<>(query.ranges()),
                                    query.sort())));
        });
        return found;
    }
}
