package menara.eventstore.mongodb;

import static com.mongodb.client.model.Filters.gte;
import static menara.eventstore.mongodb.TestEvents.CONVERTER;
import static menara.eventstore.mongodb.TestEvents.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import menara.embeddedmongodb.EmbeddedMongoServer;
import menara.eventstore.mongodb.FaultyProxy.Fault;
import menara.eventstore.mongodb.log.EventLog;
import menara.eventstore.mongodb.machine.Machine;
import menara.eventstore.mongodb.processing.PublishedLog;
import org.awaitility.Awaitility;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.bson.BsonBinary;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The database loses the end of the log, which a process has seen: nothing is acknowledged any more that nobody would find. */
class LogWentBackTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @AutoClose
    private final EmbeddedMongoServer server = EmbeddedMongoServer.inMemory();

    @AutoClose
    private final FaultyProxy proxy = new FaultyProxy(server.port());

    @AutoClose
    private final MongoClient client = MongoClients.create(proxy.connectionString());

    @AutoClose
    private final MongoClient direct = MongoClients.create(server.connectionString());

    LogWentBackTest() throws IOException {}

    private static MongoEventStorageEngine engine(MongoClient through, ReadStrategy strategy) {
        return MongoEventStorageEngine.builder(through.getDatabase("test"), CONVERTER)
                .readStrategy(strategy)
                .open();
    }

    private MongoCollection<Document> stored() {
        return direct.getDatabase("test").getCollection("events");
    }

    private void loseFrom(long position) {
        stored().deleteMany(gte("_id", position));
    }

    /** As if the last commit were written by a process that had not noticed yet that those before it are lost. */
    private void loseFromUntilTheLast(long position) {
        var last = Objects.requireNonNull(
                stored().find().sort(new Document("_id", -1)).first());
        loseFrom(position);
        stored().insertOne(last);
    }

    private static void appendFive(MongoEventStorageEngine engine) throws Exception {
        for (int i = 0; i < 5; i++) {
            TestEvents.append(engine, tagged("e" + i));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"INDEXED", "POINT_READS"})
    void after_a_lost_connection_nothing_is_appended_behind_what_was_lost(ReadStrategy strategy) throws Exception {
        try (var engine = engine(client, strategy)) {
            appendFive(engine);
            loseFrom(3);
            var left = new AtomicInteger(1);
            proxy.inject(FaultyProxy.ofInserts(() -> left.getAndDecrement() > 0 ? Fault.LOST_BEFORE : null));

            assertThatThrownBy(() -> TestEvents.append(engine, tagged("nobody would find it")))
                    .hasCauseInstanceOf(LogWentBack.class);
            assertThat(stored().countDocuments()).isEqualTo(3);
        }
    }

    /** A driver tries again by itself, so that no fault may be seen. */
    @Test
    void it_is_noticed_without_a_fault_too() throws Exception {
        try (var engine = engine(direct, ReadStrategy.AUTO)) {
            appendFive(engine);
            loseFrom(3);

            Awaitility.await()
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThatThrownBy(engine::refresh).isInstanceOf(LogWentBack.class));
            assertThatThrownBy(() -> TestEvents.append(engine, tagged("nobody would find it")))
                    .hasCauseInstanceOf(LogWentBack.class);
            assertThat(stored().countDocuments()).isEqualTo(3);
        }
    }

    /** What was written behind it is there, and must not hide what is gone. */
    @Test
    void it_is_noticed_when_something_was_appended_behind_what_was_lost_and_a_new_process_says_so_too()
            throws Exception {
        try (var engine = engine(direct, ReadStrategy.INDEXED)) {
            appendFive(engine);
            engine.refresh();
            loseFrom(3);
            TestEvents.append(engine, tagged("nobody will find it"));

            Awaitility.await()
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThatThrownBy(engine::refresh).isInstanceOf(LogWentBack.class));
            assertThat(stored().countDocuments()).isEqualTo(4);
        }
        assertThatThrownBy(() -> engine(direct, ReadStrategy.INDEXED))
                .isInstanceOf(LogWentBack.class)
                .hasMessageContaining("breaks off at position 3");
        try (var foreign = EventLog.followed(
                direct.getDatabase("test"),
                "events",
                ReadStrategy.INDEXED,
                EventEvolution.none(),
                Limits.DEFAULT,
                Machine.REAL)) {
            assertThat(foreign.recent().head())
                    .as("it stops who follows it, and not the start of a process")
                    .isEqualTo(6);
            assertThatThrownBy(() -> foreign.read(3)).hasMessageContaining("3");
        }
    }

    /** The places between are looked at, because nothing else tells that something stands behind. */
    @ParameterizedTest
    @ValueSource(ints = {3, 4, 2_000})
    void a_log_that_is_read_by_points_is_not_opened_if_something_stands_behind_its_end(int lost) throws Exception {
        try (var engine = engine(direct, ReadStrategy.POINT_READS)) {
            appendFive(engine);
            appendAtOnce(engine, lost);
            TestEvents.append(engine, tagged("nobody will find it"));
        }
        loseFromUntilTheLast(5);

        assertThatThrownBy(() -> engine(direct, ReadStrategy.POINT_READS))
                .isInstanceOf(LogWentBack.class)
                .hasMessageContaining("breaks off at position 5");
        assertThatThrownBy(() -> PublishedLog.open(
                        direct.getDatabase("test"),
                        "events",
                        ReadStrategy.POINT_READS,
                        CONVERTER,
                        Limits.DEFAULT,
                        Clock.systemUTC()))
                .isInstanceOf(LogWentBack.class);
    }

    private static void appendAtOnce(MongoEventStorageEngine engine, int events) throws Exception {
        TestEvents.append(
                engine,
                IntStream.range(0, events).mapToObj(n -> tagged("lost " + n)).toArray(TaggedEventMessage<?>[]::new));
    }

    /** More was lost than is looked at, so that the hole is taken for the end: the log grows to what stands behind it, and no further. */
    @Test
    void behind_a_longer_hole_a_log_that_is_read_by_points_grows_to_what_stands_there_and_stops() throws Exception {
        try (var engine = engine(direct, ReadStrategy.POINT_READS)) {
            appendFive(engine);
            for (int i = 0; i < 17; i++) {
                appendAtOnce(engine, 1_000);
            }
            TestEvents.append(engine, tagged("nobody will find it"));
        }
        loseFromUntilTheLast(5);
        direct.getDatabase("test").getCollection("events_tags").drop(); // it was put back too
        try (var engine = engine(direct, ReadStrategy.POINT_READS)) {
            assertThat(engine.head()).isEqualTo(5);
            for (int i = 0; i < 17; i++) {
                appendAtOnce(engine, 1_000);
            }
            assertThatThrownBy(() -> TestEvents.append(engine, tagged("in the place of what stands there")))
                    .hasCauseInstanceOf(LogWentBack.class);
            assertThat(engine.head()).isEqualTo(17_005);
        }
    }

    private Document copyOf(long position) {
        return Objects.requireNonNull(
                stored().find(new Document("_id", position)).first());
    }

    private static LogIdentity.Witness witness(Document commit) {
        var id = commit.get("cid", Binary.class);
        return new LogIdentity.Witness(commit.getLong("_id"), new BsonBinary(id.getType(), id.getData()).asUuid());
    }

    /** A processor has stored its token behind what was written beside the log; meanwhile others have written over that place. */
    @ParameterizedTest
    @CsvSource({"INDEXED, 0", "POINT_READS, 0", "INDEXED, 16000000", "POINT_READS, 16000000"})
    void a_commit_that_stands_beside_the_log_is_none_of_it_also_if_it_is_there(ReadStrategy strategy, int memory)
            throws Exception {
        try (var engine = engine(direct, strategy)) {
            appendFive(engine);
            TestEvents.append(engine, tagged("beside the log"));
            TestEvents.append(engine, tagged("behind that one"));
        }
        var beside = List.of(copyOf(5), copyOf(6));
        loseFrom(3);
        try (var restarted = engine(direct, strategy)) {
            appendAtOnce(restarted, 5);
            appendAtOnce(restarted, 1);
        }
        stored().insertMany(beside);
        try (var engine = MongoEventStorageEngine.builder(direct.getDatabase("test"), CONVERTER)
                .readStrategy(strategy)
                .limits(Limits.DEFAULT.withRecentCommitsBytes(memory))
                .open()) {
            assertThat(beside)
                    .noneMatch(commit -> engine.holds(witness(commit)))
                    .allMatch(commit -> engine.isThere(witness(commit)));
            for (long position : new long[] {0, 1, 2, 3, 8}) {
                assertThat(engine.holds(witness(copyOf(position))))
                        .as("the commit at %d", position)
                        .isTrue();
            }
        }
    }

    @Test
    void a_follower_hears_that_the_log_goes_on_otherwise_than_it_has_seen() throws Exception {
        try (var follower = engine(direct, ReadStrategy.AUTO)) {
            appendFive(follower);
            var stream = follower.stream(StreamingCondition.startingFrom(new GlobalSequenceTrackingToken(5)), null);
            loseFrom(3);
            try (var restarted = engine(direct, ReadStrategy.AUTO)) {
                for (int i = 3; i < 8; i++) {
                    TestEvents.append(restarted, tagged("other e" + i));
                }
            }

            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> !stream.hasNextAvailable() && stream.error().isPresent());
            assertThat(stream.error())
                    .hasValueSatisfying(error -> assertThat(error).isInstanceOf(LogWentBack.class));
            assertThat(stream.next()).isEmpty();
        }
    }

    @Test
    void each_commit_names_the_one_before_it() throws Exception {
        try (var engine = engine(direct, ReadStrategy.AUTO)) {
            appendFive(engine);
        }
        try (var restarted = engine(direct, ReadStrategy.AUTO)) {
            TestEvents.append(restarted, tagged("after a restart"));
        }
        Object last = null;
        for (var commit : stored().find().sort(new Document("_id", 1))) {
            assertThat(commit.get("prev")).isEqualTo(last);
            last = commit.get("cid");
        }
        assertThat(last).isNotNull();
    }
}
