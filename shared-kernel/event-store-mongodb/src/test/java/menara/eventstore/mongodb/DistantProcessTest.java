package menara.eventstore.mongodb;

import static menara.eventstore.mongodb.TestEvents.CONVERTER;
import static menara.eventstore.mongodb.TestEvents.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import menara.embeddedmongodb.EmbeddedMongoServer;
import menara.eventstore.mongodb.FaultyProxy.Fault;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** One process is far from the database, and another one near it never pauses. */
class DistantProcessTest {

    private static final int NEAR_WRITERS = 4;
    private static final int APPENDS = 5;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @AutoClose
    private final EmbeddedMongoServer server = EmbeddedMongoServer.inMemory();

    @AutoClose
    private final FaultyProxy proxy = new FaultyProxy(server.port());

    @AutoClose
    private final MongoClient distant = MongoClients.create(proxy.connectionString());

    @AutoClose
    private final MongoClient direct = MongoClients.create(server.connectionString());

    DistantProcessTest() throws IOException {}

    private static MongoEventStorageEngine engine(MongoClient through) {
        return MongoEventStorageEngine.builder(through.getDatabase("test"), CONVERTER)
                .limits(Limits.DEFAULT.withOutcomeTimeout(LIMIT))
                .open();
    }

    @Test
    void an_append_that_lost_its_race_again_and_again_gets_its_turn() throws Exception {
        var stop = new AtomicBoolean();
        try (var far = engine(distant);
                var near = engine(direct);
                var pool = Executors.newCachedThreadPool()) {
            proxy.inject(_ -> Fault.DELAYED);
            var writers = new ArrayList<Future<Integer>>();
            for (int i = 0; i < NEAR_WRITERS; i++) {
                writers.add(pool.submit((Callable<Integer>) () -> {
                    int appended = 0;
                    for (; !stop.get(); appended++) {
                        TestEvents.append(near, tagged("near"));
                    }
                    return appended;
                }));
            }
            try {
                for (int i = 0; i < APPENDS; i++) {
                    TestEvents.append(far, tagged("far"));
                }
            } finally {
                stop.set(true);
            }

            for (var writer : writers) {
                assertThat(writer.get()).isPositive();
            }
            assertThat(direct.getDatabase("test").getCollection("events_turns").countDocuments())
                    .as("turns that were not given back")
                    .isZero();
        }
    }
}
