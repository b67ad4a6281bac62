package menara.eventstore.mongodb.simulation;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Finds documents by {@code _id} where a filter names them, as a server does with its index. */
final class Looking {

    private Looking() {}

    /** Documents of a collection as they were after so many writes. */
    static List<BsonDocument> matching(ReplicaSet servers, String name, BsonDocument filter, long state) {
        var ids = ids(filter);
        var looked = ids == null
                ? servers.scan(name, state).stream()
                : ids.map(id -> servers.find(name, id, state)).filter(Objects::nonNull);
        return looked.filter(document -> Filter.matches(document, filter)).toList();
    }

    /** Those that the filter asks for one by one; null if it does not. */
    private static @Nullable Stream<BsonValue> ids(BsonDocument filter) {
        var wanted = filter.get("_id");
        if (wanted == null && filter.containsKey("$and")) {
            for (var part : filter.getArray("$and")) {
                var ids = ids(part.asDocument());
                if (ids != null) {
                    return ids;
                }
            }
        }
        if (wanted == null) {
            return null;
        }
        if (!wanted.isDocument()) {
            return Stream.of(wanted);
        }
        return wanted.asDocument().containsKey("$in")
                ? wanted.asDocument().getArray("$in").stream().distinct().sorted(Filter.ORDER)
                : null;
    }
}
