package menara.eventstore.mongodb;

import static menara.eventstore.mongodb.TestEvents.CONVERTER;
import static menara.eventstore.mongodb.TestEvents.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.axonframework.messaging.eventstreaming.Tag;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Several engines on one database, each as a process of its own would be, and many writers who count: each sources the events of a
 * counter, adds one that says their number, and appends it on the condition that no other came meanwhile. A lost update shows as a
 * number that is there twice. {@code -Dmenara.race.rounds=1000} makes it long.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RaceTest {

    private static final int ROUNDS = Integer.getInteger("menara.race.rounds", 4);
    private static final int WRITERS = 16;
    private static final int INCREMENTS_PER_WRITER = 12;
    private static final int COUNTERS = 3;

    @AutoClose
    private final TestDatabase mongo = new TestDatabase();

    /** @param recentBytes so little memory that cold reads take part in the race, or enough for none */
    record Race(ReadStrategy strategy, int engines, long recentBytes) {}

    static Stream<Race> races() {
        return Stream.of(ReadStrategy.POINT_READS, ReadStrategy.INDEXED)
                .flatMap(strategy -> Stream.of(
                        new Race(strategy, 2, Limits.DEFAULT.recentCommitsBytes()),
                        new Race(strategy, 4, Limits.DEFAULT.recentCommitsBytes()),
                        new Race(strategy, 4, 20_000)));
    }

    @ParameterizedTest
    @MethodSource("races")
    void no_update_is_lost_no_position_left_out_and_no_follower_sees_another_order(Race race) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = System.nanoTime();
            System.out.printf("RaceTest %s round %d seed %d%n", race, round, seed);
            run(race, new Random(seed));
        }
    }

    private void run(Race race, Random random) throws Exception {
        var log = "race_" + Long.toHexString(random.nextLong());
        try (var client = MongoClients.create(mongo.connectionString());
                var pool = Executors.newCachedThreadPool();
                var group = new Engines(new ArrayList<>())) {
            var engines = group.engines();
            for (int i = 0; i < race.engines(); i++) {
                engines.add(MongoEventStorageEngine.builder(
                                client.getDatabase(mongo.database().getName()), CONVERTER)
                        .log(log)
                        .readStrategy(race.strategy())
                        .limits(Limits.DEFAULT.withRecentCommitsBytes(race.recentBytes()))
                        .open());
            }
            int expected = WRITERS * INCREMENTS_PER_WRITER;
            var followers = new ArrayList<Future<List<Seen>>>();
            for (var engine : engines) {
                followers.add(pool.submit(() -> follow(engine, expected)));
            }
            var writers = new ArrayList<Future<Integer>>();
            for (int i = 0; i < WRITERS; i++) {
                var own = new Random(random.nextLong());
                var engine = engines.get(i % engines.size());
                writers.add(pool.submit((Callable<Integer>) () -> count(engine, own)));
            }
            for (var writer : writers) {
                writer.get();
            }
            List<Seen> first = followers.getFirst().get();
            assertCountersAreWhole(first);
            assertThat(first).extracting(Seen::position).isSorted().doesNotHaveDuplicates();
            assertThat(first).hasSize(expected);
            assertThat(first.getLast().position()).isEqualTo(expected);
            for (var follower : followers) {
                assertThat(follower.get()).isEqualTo(first);
            }
        }
    }

    /** Closed before the client they share. */
    private record Engines(List<MongoEventStorageEngine> engines) implements AutoCloseable {
        @Override
        public void close() {
            engines.forEach(MongoEventStorageEngine::close);
        }
    }

    private static Tag counter(int number) {
        return new Tag("counter", Integer.toString(number));
    }

    /** @return conflicts on the way */
    private static int count(MongoEventStorageEngine engine, Random random)
            throws InterruptedException, ExecutionException {
        int conflicts = 0;
        for (int done = 0; done < INCREMENTS_PER_WRITER; ) {
            var tag = counter(random.nextInt(COUNTERS));
            var criteria = EventCriteria.havingTags(tag);
            var sourced = TestEvents.source(engine, criteria);
            var next = tag.value() + ":" + (sourced.events().size() + 1);
            try {
                TestEvents.append(
                        engine,
                        AppendCondition.withCriteria(criteria).withMarker(sourced.marker()),
                        List.of(tagged(next, tag)));
                done++;
            } catch (ExecutionException e) {
                if (!TestEvents.isConflict(e)) {
                    throw e;
                }
                conflicts++;
            }
        }
        return conflicts;
    }

    record Seen(long position, String id, String payload) {}

    private static List<Seen> follow(MongoEventStorageEngine engine, int expected) {
        var start = engine.firstToken(null).join();
        var stream = engine.stream(StreamingCondition.startingFrom(start), null);
        var seen = new ArrayList<Seen>();
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(60))
                .until(() -> {
                    for (var next = stream.next(); next.isPresent(); next = stream.next()) {
                        EventMessage event = next.get().message();
                        long position = TrackingToken.fromContext(next.get())
                                .orElseThrow()
                                .position()
                                .orElseThrow();
                        seen.add(new Seen(position, event.identifier(), TestEvents.payload(event)));
                    }
                    assertThat(stream.error()).isEmpty();
                    return seen.size() >= expected;
                });
        stream.close();
        return seen;
    }

    private static void assertCountersAreWhole(List<Seen> events) {
        Map<String, Integer> counts = new HashMap<>();
        for (var event : events) {
            var parts = event.payload().split(":");
            int before = counts.getOrDefault(parts[0], 0);
            assertThat(Integer.parseInt(parts[1])).as("counter %s", parts[0]).isEqualTo(before + 1);
            counts.put(parts[0], before + 1);
        }
    }
}
