package menara.eventstore.mongodb.simulation;

import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** A database as the driver gives it to a process; it does what the store asks of it, and throws at anything else. */
final class SimulatedDatabase implements InvocationHandler {

    private final Connection connection;
    private final CollectionSettings settings;
    private final ReplicaSet servers;

    private SimulatedDatabase(Connection connection, ReplicaSet servers, CollectionSettings settings) {
        this.connection = connection;
        this.servers = servers;
        this.settings = settings;
    }

    static MongoDatabase of(Connection connection, ReplicaSet servers) {
        var settings = new CollectionSettings(
                MongoClientSettings.getDefaultCodecRegistry(), TimeUnit.SECONDS.toNanos(30), ReadConcern.DEFAULT);
        return new SimulatedDatabase(connection, servers, settings).proxy();
    }

    private MongoDatabase proxy() {
        return proxy(MongoDatabase.class, this);
    }

    private MongoDatabase with(CollectionSettings changed) {
        return new SimulatedDatabase(connection, servers, changed).proxy();
    }

    static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
        var given = arguments == null ? List.of() : List.of(arguments);
        return switch (method.getName()) {
            case "getName" -> "simulated";
            case "getCodecRegistry" -> settings.codecs();
            case "withReadPreference", "withWriteConcern" -> proxy;
            case "withReadConcern" -> with(settings.with((ReadConcern) given.getFirst()));
            case "withTimeout" -> with(settings.withTimeout((long) given.getFirst(), (TimeUnit) given.getLast()));
            case "runCommand" -> command((Document) given.getFirst());
            case "getCollection" ->
                collection((String) given.getFirst(), given.size() > 1 ? (Class<?>) given.get(1) : Document.class);
            default -> throw new UnsupportedOperationException("a database that can " + method);
        };
    }

    private MongoCollection<?> collection(String name, Class<?> type) {
        return SimulatedCollection.of(connection, servers, name, type, settings);
    }

    private static Document command(Document command) {
        return switch (command.keySet().iterator().next()) {
            case "buildInfo" -> new Document("storageEngines", List.of("simulated"));
            case "isMaster" -> new Document("setName", "simulated");
            default -> throw new UnsupportedOperationException("the command " + command);
        };
    }
}
