package menara.eventstore.mongodb;

import static menara.eventstore.mongodb.TestEvents.CONVERTER;
import static menara.eventstore.mongodb.TestEvents.event;
import static menara.eventstore.mongodb.TestEvents.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import menara.embeddedmongodb.EmbeddedMongoServer;
import menara.eventstore.mongodb.FaultyProxy.Fault;
import menara.eventstore.mongodb.processing.PublishedLog;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lost requests and lost answers: nothing is stored twice, and nothing that was stored is reported as failed. */
class UnknownOutcomeTest {

    private static final Limits LIMITS = Limits.DEFAULT.withOutcomeTimeout(Duration.ofSeconds(20));
    private static final Tag TAG = new Tag("counter", "1");

    @AutoClose
    private final EmbeddedMongoServer server = EmbeddedMongoServer.inMemory();

    @AutoClose
    private final FaultyProxy proxy = new FaultyProxy(server.port());

    @AutoClose
    private final MongoClient client = MongoClients.create(MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString(proxy.connectionString()))
            // After a fault the driver asks again soon, so that the test does not mostly wait.
            .applyToServerSettings(settings -> settings.minHeartbeatFrequency(10, TimeUnit.MILLISECONDS)
                    .heartbeatFrequency(50, TimeUnit.MILLISECONDS))
            .build());

    @AutoClose
    private final MongoClient direct = MongoClients.create(server.connectionString());

    private final AtomicInteger retries = new AtomicInteger();

    UnknownOutcomeTest() throws IOException {}

    @BeforeEach
    void connect() {
        client.getDatabase("test").getCollection("events").countDocuments();
    }

    private MongoEventStorageEngine engine(MongoClient through) {
        return MongoEventStorageEngine.builder(through.getDatabase("test"), CONVERTER)
                .limits(LIMITS)
                .listener(new LogListener() {
                    @Override
                    public void retried() {
                        retries.incrementAndGet();
                    }
                })
                .open();
    }

    private List<String> stored() {
        try (var other = engine(direct)) {
            return TestEvents.source(other, EventCriteria.havingAnyTag()).events().stream()
                    .map(TestEvents::payload)
                    .toList();
        }
    }

    private void onceThen(Fault fault) {
        var left = new AtomicInteger(1);
        proxy.inject(FaultyProxy.ofInserts(() -> left.getAndDecrement() > 0 ? fault : null));
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SWALLOWED", "REFUSED", "DELAYED"})
    void an_insert_without_an_answer_is_stored_once_and_acknowledged(Fault fault) throws Exception {
        try (var engine = engine(client)) {
            TestEvents.append(engine, tagged("a"));
            onceThen(fault);

            TestEvents.append(engine, tagged("b"));
            TestEvents.append(engine, tagged("c"));

            assertThat(proxy.faults).hasValue(1);
            assertThat(retries).hasValue(fault == Fault.LOST_BEFORE ? 1 : 0);
            assertThat(stored()).containsExactly("a", "b", "c");
            assertThat(engine.head()).isEqualTo(3);
        }
    }

    @Test
    void a_lost_answer_is_not_taken_for_a_conflict_with_oneself() throws Exception {
        try (var engine = engine(client)) {
            var criteria = EventCriteria.havingTags(TAG);
            var before = TestEvents.source(engine, criteria);
            onceThen(Fault.REPLY_LOST);

            TestEvents.append(
                    engine,
                    AppendCondition.withCriteria(criteria).withMarker(before.marker()),
                    List.of(tagged("1", TAG)));

            assertThat(stored()).containsExactly("1");
        }
    }

    /** The position is lost to another engine while our own insert is on its way: both must be there, in some order. */
    @Test
    void a_lost_insert_whose_position_another_engine_took_is_appended_behind_it() throws Exception {
        try (var engine = engine(client);
                var other = engine(direct)) {
            var left = new AtomicInteger(1);
            proxy.inject(FaultyProxy.ofInserts(() -> {
                if (left.getAndDecrement() <= 0) {
                    return null;
                }
                try {
                    TestEvents.append(other, tagged("theirs"));
                } catch (InterruptedException | ExecutionException e) {
                    throw new IllegalStateException(e);
                }
                return Fault.LOST_BEFORE;
            }));

            TestEvents.append(engine, tagged("ours"));

            assertThat(stored()).containsExactly("theirs", "ours");
        }
    }

    @Test
    void an_interrupted_writer_still_learns_what_became_of_its_events() throws Exception {
        try (var engine = engine(client)) {
            TestEvents.append(engine, tagged("a"));
            var done = engine.appendEvents(AppendCondition.none(), null, List.of(tagged("b")))
                    .get();
            Thread.currentThread().interrupt();
            var stored = done.commit(null);
            boolean interrupted = Thread.interrupted();

            stored.get();
            assertThat(interrupted).isTrue();
            assertThat(stored()).containsExactly("a", "b");
        }
    }

    @Test
    void when_the_database_stays_away_the_outcome_is_reported_as_unknown_and_the_log_stays_whole() throws Exception {
        var impatient = LIMITS.withOutcomeTimeout(Duration.ofMillis(200));
        try (var engine = MongoEventStorageEngine.builder(client.getDatabase("test"), CONVERTER)
                .limits(impatient)
                .open()) {
            proxy.inject(FaultyProxy.ofInserts(() -> Fault.LOST_BEFORE));
            assertThatThrownBy(() -> TestEvents.append(engine, tagged("a")))
                    .hasCauseInstanceOf(OutcomeUnknown.class)
                    .hasMessageContaining("unknown");
            proxy.inject(_ -> null);

            TestEvents.append(engine, tagged("b"));

            assertThat(stored()).containsExactly("b");
        }
    }

    /** What was sent first may still be on its way, whatever the server says to what was sent again. */
    @Test
    void when_a_later_attempt_is_refused_the_outcome_is_unknown_all_the_same() throws Exception {
        try (var engine = engine(client)) {
            TestEvents.append(engine, tagged("a"));
            var inserts = new AtomicInteger();
            proxy.inject(
                    FaultyProxy.ofInserts(() -> inserts.getAndIncrement() == 0 ? Fault.LOST_BEFORE : Fault.REFUSED));

            assertThatThrownBy(() -> TestEvents.append(engine, tagged("b"))).hasCauseInstanceOf(OutcomeUnknown.class);

            assertThat(inserts).hasValue(2);
        }
    }

    @Test
    void what_the_server_refuses_at_once_is_refused_and_not_unknown() throws Exception {
        try (var engine = engine(client)) {
            proxy.inject(FaultyProxy.ofInserts(() -> Fault.REFUSED));

            assertThatThrownBy(() -> TestEvents.append(engine, tagged("a")))
                    .hasCauseInstanceOf(MongoCommandException.class);
            proxy.inject(_ -> null);

            TestEvents.append(engine, tagged("b"));
            assertThat(stored()).containsExactly("b");
        }
    }

    @Test
    void under_many_faults_and_writers_each_event_is_there_once() throws Exception {
        long seed = Long.getLong("menara.seed", System.nanoTime());
        System.out.println("UnknownOutcomeTest: -Dmenara.seed=" + seed);
        var random = new Random(seed);
        proxy.inject(FaultyProxy.ofInserts(() -> {
            synchronized (random) {
                return switch (random.nextInt(12)) {
                    case 0 -> Fault.LOST_BEFORE;
                    case 1, 2 -> Fault.REPLY_LOST;
                    case 3 -> Fault.REPLY_LOST_AND_SILENCE;
                    case 4 -> Fault.TWICE;
                    default -> null;
                };
            }
        }));
        var acknowledged = new ConcurrentLinkedQueue<String>();
        try (var engine = engine(client);
                var other = engine(client);
                var pool = Executors.newFixedThreadPool(8)) {
            for (int writer = 0; writer < 8; writer++) {
                int number = writer;
                pool.submit(() -> {
                    for (int i = 0; i < 25; i++) {
                        var payload = number + "/" + i;
                        TestEvents.append(number % 2 == 0 ? engine : other, tagged(payload));
                        acknowledged.add(payload);
                    }
                    return null;
                });
            }
        }
        proxy.inject(_ -> null);

        assertThat(acknowledged).hasSize(8 * 25);
        assertThat(proxy.faults.get()).isPositive();
        assertThat(stored()).containsExactlyInAnyOrderElementsOf(acknowledged);
    }

    @Test
    void a_publisher_whose_answer_was_lost_knows_that_it_published() {
        try (var log = PublishedLog.open(
                client.getDatabase("test"), "events", ReadStrategy.AUTO, CONVERTER, LIMITS, Clock.systemUTC())) {
            onceThen(Fault.REPLY_LOST);

            assertThat(log.append(log.state(), List.of(event("a")), 10)).isTrue();

            assertThat(log.state()).isEqualTo(new PublishedLog.State(1, 10));
            assertThat(new ArrayList<>(stored())).containsExactly("a");
        }
    }
}
