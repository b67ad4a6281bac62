package menara.eventstore.mongodb.simulation;

import com.mongodb.MongoNamespace;
import com.mongodb.ReadConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.UpdateOptions;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.codecs.configuration.CodecRegistry;
import org.jspecify.annotations.Nullable;

/** A collection as the driver gives it to a process. */
final class SimulatedCollection<T> implements InvocationHandler {

    private final Connection connection;
    private final ReplicaSet servers;
    private final String name;
    private final Class<T> type;
    private final CollectionSettings settings;
    private final SimulatedWrites<T> writes;

    private SimulatedCollection(
            Connection connection, ReplicaSet servers, String name, Class<T> type, CollectionSettings settings) {
        this.connection = connection;
        this.servers = servers;
        this.name = name;
        this.type = type;
        this.settings = settings;
        this.writes = new SimulatedWrites<>(connection, servers, name, type, settings);
    }

    static <T> MongoCollection<?> of(
            Connection connection, ReplicaSet servers, String name, Class<T> type, CollectionSettings settings) {
        return SimulatedDatabase.proxy(
                MongoCollection.class, new SimulatedCollection<>(connection, servers, name, type, settings));
    }

    private MongoCollection<?> with(CollectionSettings changed) {
        return of(connection, servers, name, type, changed);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
        var given = arguments == null ? List.of() : List.of(arguments);
        return switch (method.getName()) {
            case "getNamespace" -> new MongoNamespace("simulated", name);
            case "getDocumentClass" -> type;
            case "getCodecRegistry" -> settings.codecs();
            case "withReadPreference", "withWriteConcern" -> proxy;
            case "withReadConcern" -> with(settings.with((ReadConcern) given.getFirst()));
            case "withCodecRegistry" -> with(settings.withCodecs((CodecRegistry) given.getFirst()));
            case "withTimeout" -> with(settings.withTimeout((long) given.getFirst(), (TimeUnit) given.getLast()));
            case "withDocumentClass" -> of(connection, servers, name, (Class<?>) given.getFirst(), settings);
            case "createIndex" -> index(given);
            case "find" -> find(given);
            case "countDocuments", "estimatedDocumentCount" ->
                (long) read(given.isEmpty() ? new BsonDocument() : settings.document(given.getFirst()))
                        .size();
            case "insertOne" -> writes.insertOne(given.getFirst());
            case "insertMany" -> writes.insertMany((List<?>) given.getFirst());
            case "updateOne" ->
                writes.update(
                        given.get(0), given.get(1), given.size() > 2 && ((UpdateOptions) given.get(2)).isUpsert(), 1);
            case "updateMany" -> writes.update(given.get(0), given.get(1), false, Integer.MAX_VALUE);
            case "replaceOne" -> writes.replace(given);
            case "deleteOne" -> writes.delete(given.getFirst(), 1);
            case "deleteMany" -> writes.delete(given.getFirst(), Integer.MAX_VALUE);
            case "findOneAndUpdate" -> writes.findOneAndUpdate(given);
            case "findOneAndReplace" -> writes.findOneAndReplace(given);
            case "findOneAndDelete" -> writes.findOneAndDelete(given);
            default -> throw new UnsupportedOperationException("a collection that can " + method);
        };
    }

    private static String index(List<?> given) {
        if (given.size() > 1 && ((IndexOptions) given.get(1)).isUnique()) {
            throw new UnsupportedOperationException("a unique index");
        }
        return "index";
    }

    private Object find(List<?> given) {
        if (given.size() > 1) {
            throw new UnsupportedOperationException("a find with a session or a class");
        }
        return SimulatedFind.of(
                given.isEmpty() ? new BsonDocument() : settings.document(given.getFirst()),
                settings,
                this::read,
                document -> settings.decoded(document, type));
    }

    private List<BsonDocument> read(BsonDocument filter) {
        return settings.concern().equals(ReadConcern.LINEARIZABLE)
                ? connection.readLinearizably(
                        () -> name + " at the latest by " + filter,
                        settings.timeoutNanos(),
                        state -> Looking.matching(servers, name, filter, state))
                : connection.read(
                        () -> name + " by " + filter,
                        settings.timeoutNanos(),
                        state -> Looking.matching(servers, name, filter, state));
    }
}
