package menara.billing.usage.log;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import menara.billing.metering.Metered;
import menara.embeddedmongodb.EmbeddedMongoServer;
import menara.eventstore.mongodb.FaultyProxy;
import menara.eventstore.mongodb.FaultyProxy.Fault;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.LogListener;
import org.jspecify.annotations.Nullable;

/** A server that can be asked directly, and by connections that lose what is told. */
final class FaultyDatabase implements AutoCloseable {

    static final String LOG = "usage_log";

    /** Short enough to be waited for, and many times what a call takes. */
    static final Limits LIMITS = Limits.DEFAULT
            .withMaxCommitBytes(UsagePartition.MAX_BYTES_PER_DOCUMENT)
            .withOutcomeTimeout(Duration.ofSeconds(20));

    private final EmbeddedMongoServer server = EmbeddedMongoServer.inMemory(0);
    private final FaultyProxy proxy;
    private final MongoClient faulty;
    private final MongoClient direct = MongoClients.create(server.connectionString());
    private final String name = "test_" + UUID.randomUUID();

    FaultyDatabase() {
        try {
            proxy = new FaultyProxy(server.port());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        faulty = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(proxy.connectionString()))
                // After a fault the driver asks again soon, so that the test does not mostly wait.
                .applyToServerSettings(settings -> settings.minHeartbeatFrequency(10, TimeUnit.MILLISECONDS)
                        .heartbeatFrequency(50, TimeUnit.MILLISECONDS))
                .build());
    }

    MongoDatabase direct() {
        return direct.getDatabase(name);
    }

    MongoDatabase faulty() {
        return faulty.getDatabase(name);
    }

    FaultyProxy proxy() {
        return proxy;
    }

    /** What comes next into a collection is lost once, in this way. */
    void loseOnce(String collection, Fault fault) {
        var left = new AtomicInteger(1);
        lose(collection, () -> left.getAndDecrement() > 0 ? fault : null);
    }

    void lose(String collection, Supplier<@Nullable Fault> faults) {
        proxy.inject(FaultyProxy.ofInserts(collection, faults));
    }

    /** Nobody gets what is asked of a collection, nobody answers, and the connections stay open. */
    void swallowFinds(String collection) {
        proxy.inject(new FaultyProxy.Faults() {
            @Override
            public @Nullable Fault next(String command) {
                return null;
            }

            @Override
            public @Nullable Fault next(String command, String about) {
                return command.equals("find") && about.equals(collection) ? Fault.SWALLOWED : null;
            }
        });
    }

    void loseNothing() {
        proxy.inject(_ -> null);
    }

    static UsageLog open(MongoDatabase database) {
        return open(database, LIMITS);
    }

    static UsageLog open(MongoDatabase database, Limits limits) {
        return open(database, limits, LogListener.NONE);
    }

    static UsageLog open(MongoDatabase database, Limits limits, LogListener listener) {
        return new UsageLog(
                database,
                Metered::meter,
                UUID::randomUUID,
                Metered.EVENTS_PER_PIECE,
                UsageLayout.FIRST,
                limits,
                listener);
    }

    @Override
    public void close() throws IOException {
        faulty.close();
        direct.close();
        proxy.close();
        server.close();
    }
}
