package menara.eventstore.spring.state;

import static com.mongodb.client.model.Filters.eq;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import menara.embeddedmongodb.EmbeddedMongoServer;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.spring.StateForm;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.slf4j.LoggerFactory;

/** Counters that are counted by processes which come and go, and what is kept and said of their states. */
abstract class CountingTest {

    static final int KEEP_AFTER = 10;
    static final StateRepository.Limits LIMITS = new StateRepository.Limits(1 << 20, KEEP_AFTER);
    static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(StateSnapshots.class);

    /** Lives as long as the tests. */
    private static final EmbeddedMongoServer SERVER = EmbeddedMongoServer.inMemory();

    private static final MongoClient CLIENT = MongoClients.create(SERVER.connectionString());

    final MongoDatabase database =
            CLIENT.getDatabase("counters-" + UUID.randomUUID().toString().substring(0, 8));
    final ListAppender<ILoggingEvent> said = new ListAppender<>();

    @BeforeEach
    void listen() {
        said.start();
        LOG.addAppender(said);
    }

    @AfterEach
    void drop() {
        LOG.detachAppender(said);
        database.drop();
    }

    CountingInstance start() {
        return start(new CounterForm("1"));
    }

    CountingInstance start(StateForm<String, Counter> form) {
        return start(form, Limits.DEFAULT);
    }

    CountingInstance start(StateForm<String, Counter> form, Limits limits) {
        return new CountingInstance(database, CountingInstance.COUNTERS.keptAs(form), LIMITS, limits);
    }

    static Counter counted(int first, int count) {
        return counted(Counter.NONE, first, count);
    }

    static Counter counted(Counter before, int first, int count) {
        var counter = before;
        for (int i = 0; i < count; i++) {
            counter = counter.plus(first + i);
        }
        return counter;
    }

    Optional<Document> kept(String counter) {
        return Optional.ofNullable(database.getCollection("snapshots")
                .find(eq("Counter/" + counter))
                .first());
    }

    private long keptPosition(String counter) {
        return kept(counter).map(found -> found.getLong("position")).orElse(-1L);
    }

    void awaitKept(String counter, long position) {
        await().atMost(LIMIT).until(() -> keptPosition(counter) == position);
    }

    /** A counter of 20 events, whose first 15 are in a snapshot. */
    void countTwenty(String counter) {
        try (var first = start()) {
            long before = first.head();
            first.add(counter, 0, 15);
            first.load(counter);
            awaitKept(counter, before + 15);
            first.add(counter, 15, 5);
        }
    }
}
