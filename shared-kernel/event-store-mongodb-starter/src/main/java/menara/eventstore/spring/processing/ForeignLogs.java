package menara.eventstore.spring.processing;

import com.mongodb.client.MongoClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import menara.eventstore.mongodb.EventEvolution;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.ReadStrategy;
import menara.eventstore.mongodb.processing.ForeignLog;
import menara.eventstore.spring.connect.Clients;
import menara.eventstore.spring.connect.EventStoreProperties;
import menara.eventstore.spring.publish.Publisher;

/** The published logs of other services, opened when first asked for. */
public final class ForeignLogs implements AutoCloseable {

    /** Every event of a foreign log is read once, soon after it appears; so little of it need stay in memory. */
    private static final long RECENT_BYTES = 2L << 20;

    private final EventStoreProperties properties;
    private final MongoClient ownClient;
    private final EventEvolution evolution;
    private final List<MongoClient> otherClients = new ArrayList<>();
    private final Map<String, ForeignLog> open = new ConcurrentHashMap<>();

    public ForeignLogs(EventStoreProperties properties, MongoClient ownClient, EventEvolution evolution) {
        this.properties = properties;
        this.ownClient = ownClient;
        this.evolution = evolution;
    }

    ForeignLog of(String service) {
        return open.computeIfAbsent(service, this::openLog);
    }

    private ForeignLog openLog(String service) {
        var log = properties.logs().get(service);
        var uri = log == null ? null : log.uri();
        var database = log == null ? null : log.database();
        var client = uri == null ? ownClient : client(uri);
        return ForeignLog.open(
                client.getDatabase(database == null ? properties.databaseOf(service) : database),
                Publisher.LOG,
                ReadStrategy.AUTO,
                evolution,
                Limits.DEFAULT.withRecentCommitsBytes(RECENT_BYTES));
    }

    private MongoClient client(String uri) {
        var client = Clients.of(uri, properties.application(), List.of());
        otherClients.add(client);
        return client;
    }

    @Override
    public void close() {
        open.values().forEach(ForeignLog::close);
        otherClients.forEach(MongoClient::close);
    }
}
