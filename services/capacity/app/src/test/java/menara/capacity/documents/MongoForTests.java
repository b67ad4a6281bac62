package menara.capacity.documents;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.util.concurrent.atomic.AtomicInteger;
import menara.embeddedmongodb.EmbeddedMongoServer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** An empty database for every test of a class, on one embedded server. Registered as a static extension. */
public final class MongoForTests implements AfterAllCallback {

    private final EmbeddedMongoServer server = EmbeddedMongoServer.inMemory();
    private final MongoClient client = MongoClients.create(server.connectionString());
    private final AtomicInteger databases = new AtomicInteger();

    public MongoDatabase database() {
        return client.getDatabase("test_" + databases.incrementAndGet());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        client.close();
        server.close();
    }
}
