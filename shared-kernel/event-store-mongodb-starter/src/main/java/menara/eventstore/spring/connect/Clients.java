package menara.eventstore.spring.connect;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.UuidRepresentation;

/** Clients of a database that never wait for ever: each answer has a time limit, however many answers a long read takes. */
public final class Clients {

    /** Until a server that can serve is known; a replica set elects another primary in less. */
    private static final Duration SERVER_LIMIT = Duration.ofSeconds(10);

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    /** Until one of the pool's connections is free. */
    private static final Duration POOL_LIMIT = Duration.ofSeconds(10);

    /** One answer, or one part of a long one. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

    private Clients() {}

    /**
     * @param uri connection string; its own time limits take precedence
     * @param application name of the client, as the server's log shows it
     * @param listeners called for each command
     */
    public static MongoClient of(String uri, String application, List<CommandListener> listeners) {
        var settings = MongoClientSettings.builder();
        listeners.forEach(settings::addCommandListener);
        return MongoClients.create(settings.applyToClusterSettings(
                        cluster -> cluster.serverSelectionTimeout(millis(SERVER_LIMIT), TimeUnit.MILLISECONDS))
                .applyToConnectionPoolSettings(pool -> pool.maxWaitTime(millis(POOL_LIMIT), TimeUnit.MILLISECONDS))
                .applyToSocketSettings(socket -> socket.connectTimeout(millis(CONNECT_LIMIT), TimeUnit.MILLISECONDS)
                        .readTimeout(millis(ANSWER_LIMIT), TimeUnit.MILLISECONDS))
                .applyConnectionString(new ConnectionString(uri))
                .applicationName(application)
                .uuidRepresentation(UuidRepresentation.STANDARD)
                .build());
    }

    private static long millis(Duration limit) {
        return limit.toMillis();
    }
}
