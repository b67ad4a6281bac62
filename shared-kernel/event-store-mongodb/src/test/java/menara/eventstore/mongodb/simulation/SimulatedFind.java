package menara.eventstore.mongodb.simulation;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCursor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** A query that is being put together, and asked when its answer is. */
final class SimulatedFind<T> implements InvocationHandler {

    private final BsonDocument filter;
    private final CollectionSettings settings;
    private final Function<BsonDocument, List<BsonDocument>> read;
    private final Function<BsonDocument, T> decode;
    private BsonDocument sort = new BsonDocument();
    private BsonDocument projection = new BsonDocument();
    private int limit;

    private SimulatedFind(
            BsonDocument filter,
            CollectionSettings settings,
            Function<BsonDocument, List<BsonDocument>> read,
            Function<BsonDocument, T> decode) {
        this.filter = filter;
        this.settings = settings;
        this.read = read;
        this.decode = decode;
    }

    static <T> FindIterable<?> of(
            BsonDocument filter,
            CollectionSettings settings,
            Function<BsonDocument, List<BsonDocument>> read,
            Function<BsonDocument, T> decode) {
        return SimulatedDatabase.proxy(FindIterable.class, new SimulatedFind<>(filter, settings, read, decode));
    }

    @Override
    @SuppressWarnings("unchecked") // the caller of the driver's interface has given what it says
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
        var given = arguments == null ? List.of() : List.of(arguments);
        return switch (method.getName()) {
            case "timeoutMode", "batchSize", "noCursorTimeout", "hint" -> proxy;
            case "sort" -> {
                sort = settings.document(given.getFirst());
                yield proxy;
            }
            case "projection" -> {
                projection = settings.document(given.getFirst());
                yield proxy;
            }
            case "limit" -> {
                limit = (int) given.getFirst();
                yield proxy;
            }
            case "map" -> mapped((com.mongodb.Function<? super T, ?>) given.getFirst());
            case "first" -> answer().findFirst().orElse(null);
            case "iterator", "cursor" -> cursor(answer().iterator());
            case "forEach" -> {
                answer().forEach((Consumer<? super T>) given.getFirst());
                yield null;
            }
            case "into" -> {
                answer().forEach(((Collection<? super T>) given.getFirst())::add);
                yield given.getFirst();
            }
            default -> throw new UnsupportedOperationException("a query that can " + method);
        };
    }

    /** What is made of each document of the answer. */
    private <R> Object mapped(com.mongodb.Function<? super T, R> mapping) {
        var query = new SimulatedFind<>(filter, settings, read, document -> mapping.apply(decode.apply(document)));
        query.sort = sort;
        query.projection = projection;
        query.limit = limit;
        return SimulatedDatabase.proxy(FindIterable.class, query);
    }

    private Stream<T> answer() {
        var found = read.apply(filter).stream();
        var sorted = sort.isEmpty() ? found : found.sorted(this::compare);
        var limited = limit == 0 ? sorted : sorted.limit(limit);
        return limited.map(this::projected).map(decode);
    }

    private int compare(BsonDocument one, BsonDocument other) {
        for (var key : sort.entrySet()) {
            int order = Filter.compare(Filter.field(one, key.getKey()), Filter.field(other, key.getKey()));
            if (order != 0) {
                return key.getValue().asNumber().intValue() * order;
            }
        }
        return 0;
    }

    private BsonDocument projected(BsonDocument document) {
        if (projection.isEmpty()) {
            return document;
        }
        boolean excludes =
                projection.values().stream().allMatch(value -> value.asNumber().intValue() == 0);
        var projected = new BsonDocument("_id", document.get("_id"));
        document.forEach((field, value) -> {
            if (projection.containsKey(field) != excludes) {
                projected.put(field, value);
            }
        });
        return projected;
    }

    /** All of the answer is there already. */
    private static Object cursor(Iterator<?> answer) {
        return SimulatedDatabase.proxy(MongoCursor.class, (_, method, _) -> switch (method.getName()) {
            case "hasNext" -> answer.hasNext();
            case "next" -> answer.next();
            case "close" -> null;
            default -> throw new UnsupportedOperationException("a cursor that can " + method);
        });
    }
}
