package menara.billing;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.event.CommandListener;
import java.util.UUID;
import menara.embeddedmongodb.EmbeddedMongoServer;

/** Fresh databases on one embedded server, which lives as long as the tests. */
public final class TestDatabases {

    private static final EmbeddedMongoServer SERVER = EmbeddedMongoServer.inMemory(0);
    private static final MongoClient CLIENT = MongoClients.create(SERVER.connectionString());

    private TestDatabases() {}

    static String connectionString() {
        return SERVER.connectionString();
    }

    /** A client of its own, of which {@code listener} hears what it asks for. */
    public static MongoClient client(CommandListener listener) {
        return MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(connectionString()))
                .addCommandListener(listener)
                .build());
    }

    public static MongoDatabase fresh() {
        return CLIENT.getDatabase("test_" + UUID.randomUUID());
    }
}
