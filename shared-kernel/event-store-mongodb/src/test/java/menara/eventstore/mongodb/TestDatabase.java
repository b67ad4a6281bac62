package menara.eventstore.mongodb;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.util.UUID;
import menara.embeddedmongodb.EmbeddedMongoServer;

/** An empty database: on the server named by {@code MENARA_TEST_MONGODB_URI}, or on an embedded one in memory. */
public final class TestDatabase implements AutoCloseable {

    private final EmbeddedMongoServer server = EmbeddedMongoServer.inMemory();
    private final String connectionString;
    private final MongoClient client;
    private final MongoDatabase database;

    public TestDatabase() {
        var given = System.getenv("MENARA_TEST_MONGODB_URI");
        connectionString = given == null ? server.connectionString() : given;
        client = MongoClients.create(connectionString);
        database = client.getDatabase("test_" + UUID.randomUUID().toString().substring(0, 8));
    }

    public MongoDatabase database() {
        return database;
    }

    /** False if it lies on a server that somebody named. */
    boolean isEmbedded() {
        return connectionString.equals(server.connectionString());
    }

    int port() {
        return server.port();
    }

    public String connectionString() {
        return connectionString;
    }

    @Override
    public void close() {
        database.drop();
        client.close();
        server.close();
    }
}
