package menara.investment;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import menara.embeddedmongodb.EmbeddedMongoServer;

/** A database of its own on an embedded server. */
public final class TestDatabase implements AutoCloseable {

    private final EmbeddedMongoServer server = EmbeddedMongoServer.inMemory();
    private final MongoClient client = MongoClients.create(server.connectionString());

    public MongoDatabase database() {
        return client.getDatabase("menara_investment");
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
