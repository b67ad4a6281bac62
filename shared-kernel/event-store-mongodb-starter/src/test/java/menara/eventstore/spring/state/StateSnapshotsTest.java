package menara.eventstore.spring.state;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import menara.embeddedmongodb.EmbeddedMongoServer;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.snapshots.MongoSnapshots;
import menara.eventstore.spring.StateForm;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Whatever happens to snapshots, a state is what its events say; and where all is well, most of them are not read again. */
class StateSnapshotsTest {

    private static final int KEEP_AFTER = 10;
    private static final StateRepository.Limits LIMITS = new StateRepository.Limits(1 << 20, KEEP_AFTER);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(StateSnapshots.class);

    private static final EmbeddedMongoServer SERVER = EmbeddedMongoServer.inMemory();
    private static final MongoClient CLIENT = MongoClients.create(SERVER.connectionString());

    private final MongoDatabase database =
            CLIENT.getDatabase("counters-" + UUID.randomUUID().toString().substring(0, 8));
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();

    @AfterAll
    static void stop() {
        CLIENT.close();
        SERVER.close();
    }

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

    private CountingInstance start() {
        return start(new CounterForm("1"));
    }

    private CountingInstance start(StateForm<String, Counter> form) {
        return start(form, Limits.DEFAULT);
    }

    private CountingInstance start(StateForm<String, Counter> form, Limits limits) {
        return new CountingInstance(database, CountingInstance.COUNTERS.keptAs(form), LIMITS, limits);
    }

    private static Counter counted(int first, int count) {
        return counted(Counter.NONE, first, count);
    }

    private static Counter counted(Counter before, int first, int count) {
        var counter = before;
        for (int i = 0; i < count; i++) {
            counter = counter.plus(first + i);
        }
        return counter;
    }

    private Optional<Document> kept(String counter) {
        return Optional.ofNullable(database.getCollection("snapshots")
                .find(eq("Counter/" + counter))
                .first());
    }

    private long keptPosition(String counter) {
        return kept(counter).map(found -> found.getLong("position")).orElse(-1L);
    }

    private void awaitKept(String counter, long position) {
        await().atMost(LIMIT).until(() -> keptPosition(counter) == position);
    }

    /** A counter of 20 events, whose first 15 are in a snapshot. */
    private void countTwenty(String counter) {
        try (var first = start()) {
            long before = first.head();
            first.add(counter, 0, 15);
            first.load(counter);
            awaitKept(counter, before + 15);
            first.add(counter, 15, 5);
        }
    }

    @Test
    void a_second_start_reads_only_what_came_behind_the_snapshot() {
        countTwenty("a");

        try (var second = start()) {
            assertThat(second.load("a")).isEqualTo(counted(0, 20));
            assertThat(second.eventsRead()).isEqualTo(5);
        }
    }

    @Test
    void a_state_without_a_form_is_folded_from_its_first_event_on() {
        countTwenty("a");

        try (var second = new CountingInstance(database, CountingInstance.COUNTERS, LIMITS, Limits.DEFAULT)) {
            assertThat(second.load("a")).isEqualTo(counted(0, 20));
            assertThat(second.eventsRead()).isEqualTo(20);
        }
    }

    @Test
    void a_snapshot_is_made_after_so_many_events_and_again_after_so_many_more() {
        try (var instance = start()) {
            instance.add("a", 0, KEEP_AFTER - 1);
            instance.load("a");
            instance.add("a", 9, 1);
            instance.load("a");
            awaitKept("a", KEEP_AFTER);

            instance.add("a", 10, KEEP_AFTER - 1);
            instance.load("a");
            instance.add("a", 19, 1);
            instance.load("a");
            awaitKept("a", 2 * KEEP_AFTER);
        }
    }

    static Stream<Named<Bson>> damages() {
        return Stream.of(
                Named.of("no bytes", set("state", new Binary(new byte[0]))),
                Named.of("strange bytes", set("state", new Binary(new byte[CounterForm.BYTES + 1]))),
                Named.of("no state", unset("state")),
                Named.of("no position", unset("position")),
                Named.of("no commit", unset("cid")),
                Named.of("text for a number", set("position", "fifteen")),
                Named.of("of another log", set("cid", UUID.randomUUID().toString())),
                Named.of("behind the end of the log", set("commit", 1_000L)),
                Named.of("of an older revision", set("revision", "0")),
                Named.of("of a newer revision", set("revision", "2")));
    }

    @ParameterizedTest
    @MethodSource("damages")
    void a_snapshot_that_cannot_be_used_changes_no_state_and_is_made_anew(Bson damage) {
        countTwenty("a");
        database.getCollection("snapshots").updateOne(eq("Counter/a"), damage);

        try (var second = start()) {
            assertThat(second.load("a")).isEqualTo(counted(0, 20));
            assertThat(second.eventsRead()).isEqualTo(20);
            awaitKept("a", 20);
        }
        try (var third = start()) {
            assertThat(third.load("a")).isEqualTo(counted(0, 20));
            assertThat(third.eventsRead()).isZero();
        }
    }

    @Test
    void that_snapshots_cannot_be_read_is_said_once() {
        countTwenty("a");
        countTwenty("b");
        database.getCollection("snapshots").updateMany(new Document(), set("state", new Binary(new byte[0])));

        try (var second = start()) {
            second.load("a");
            second.load("b");
        }

        assertThat(said.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage()).contains("cannot read", "Counter"));
    }

    @Test
    void a_snapshot_of_a_log_that_went_back_and_on_again_is_not_used() {
        countTwenty("a");
        database.getCollection("events").deleteMany(gte("_id", 0L));
        try (var second = start()) {
            second.add("a", 100, 18);
        }

        try (var third = start()) {
            assertThat(third.load("a")).isEqualTo(counted(100, 18));
        }
    }

    @Test
    void who_is_killed_between_reading_and_keeping_leaves_nothing_behind() throws InterruptedException {
        var killed = new CountDownLatch(1);
        var writing = new CountDownLatch(1);
        try (var first = start(new Hooked(() -> {
            writing.countDown();
            awaitKill(killed);
        }))) {
            first.add("a", 0, 20);
            assertThat(first.load("a")).isEqualTo(counted(0, 20));
            writing.await();
        }
        killed.countDown();

        try (var second = start()) {
            assertThat(second.load("a")).isEqualTo(counted(0, 20));
            assertThat(second.eventsRead()).isEqualTo(20);
        }
    }

    private static void awaitKill(CountDownLatch killed) {
        try {
            killed.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("killed", e);
        }
    }

    /** Does something before a state is written. */
    private record Hooked(Runnable before) implements StateForm<String, Counter> {

        @Override
        public String revision() {
            return "1";
        }

        @Override
        public Optional<String> name(String counter) {
            return Optional.of(counter);
        }

        @Override
        public byte[] bytes(Counter counter) {
            before.run();
            return new CounterForm("1").bytes(counter);
        }

        @Override
        public Counter state(byte[] bytes) {
            return new CounterForm("1").state(bytes);
        }
    }

    @Test
    void no_command_waits_for_a_snapshot_that_is_being_written() {
        var done = new CountDownLatch(1);
        try (var instance = start(new Hooked(() -> awaitKill(done)))) {
            var model = Counter.NONE;
            for (int i = 0; i < 20; i++) {
                for (var counter : List.of("a", "b", "c", "d", "e", "f", "g")) {
                    instance.add(counter, i * KEEP_AFTER, KEEP_AFTER);
                    instance.load(counter);
                }
                model = counted(model, i * KEEP_AFTER, KEEP_AFTER);
                assertThat(instance.load("a")).isEqualTo(model);
            }
            done.countDown();
        }
    }

    @Test
    void a_form_that_fails_is_said_once_and_refuses_no_command() {
        try (var instance = start(new Hooked(() -> {
            throw new IllegalStateException("no ink");
        }))) {
            for (int i = 0; i < 3; i++) {
                instance.add("a", i * KEEP_AFTER, KEEP_AFTER);
                assertThat(instance.load("a")).isEqualTo(counted(0, (i + 1) * KEEP_AFTER));
            }
            await().atMost(LIMIT).until(() -> !said.list.isEmpty());
        }

        assertThat(said.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage()).contains("cannot keep", "Counter"));
        assertThat(kept("a")).isEmpty();
    }

    @Test
    void a_state_that_is_too_large_for_a_snapshot_is_said_once_and_folded_whole() throws InterruptedException {
        // One after the other is written: when the third begins, all is said about the first two.
        var written = new CountDownLatch(3);
        var form = new StateForm<String, Counter>() {
            @Override
            public String revision() {
                return "1";
            }

            @Override
            public Optional<String> name(String counter) {
                return Optional.of(counter);
            }

            @Override
            public byte[] bytes(Counter counter) {
                written.countDown();
                return new byte[MongoSnapshots.MAX_STATE_BYTES + 1];
            }

            @Override
            public Counter state(byte[] bytes) {
                throw new IllegalStateException("none was kept");
            }
        };
        try (var first = start(form)) {
            for (var counter : List.of("a", "b", "c")) {
                first.add(counter, 0, 20);
                first.load(counter);
            }
            assertThat(written.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }

        assertThat(said.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage()).contains("Counter a", "at most"));
        assertThat(kept("a")).isEmpty();
        try (var second = start(form)) {
            assertThat(second.load("a")).isEqualTo(counted(0, 20));
            assertThat(second.eventsRead()).isEqualTo(20);
        }
    }

    /** It polls so rarely that it does not hear of what the other one appends. */
    @Test
    void a_snapshot_that_is_ahead_of_what_a_process_has_seen_is_not_folded_twice() {
        var deaf = new Limits(
                Limits.DEFAULT.maxCommitBytes(),
                Limits.DEFAULT.maxCommitEvents(),
                Limits.DEFAULT.maxQueuedBytes(),
                Limits.DEFAULT.recentCommitsBytes(),
                Duration.ofHours(1),
                Duration.ofHours(1),
                Limits.DEFAULT.callTimeout(),
                Limits.DEFAULT.outcomeTimeout());
        try (var other = start(new CounterForm("1"), deaf)) {
            countTwenty("a");

            assertThat(other.load("a")).isEqualTo(counted(0, 15)); // as far as the snapshot goes
            assertThat(other.head()).isZero();
            other.refresh();

            assertThat(other.load("a")).isEqualTo(counted(0, 20));
            other.add("a", 20, 1);
            assertThat(other.load("a")).isEqualTo(counted(0, 21));
        }
    }

    @Test
    void of_two_processes_that_keep_at_once_the_one_who_read_further_stays() {
        for (int round = 0; round < 10; round++) {
            var counter = "round-" + round;
            try (var one = start();
                    var other = start();
                    var pool = Executors.newFixedThreadPool(2)) {
                one.add(counter, 0, 30);
                other.refresh();
                long end = one.head();
                var loads = List.of(pool.submit(() -> one.load(counter)), pool.submit(() -> other.load(counter)));
                loads.forEach(load -> assertThat(join(load)).isEqualTo(counted(0, 30)));
                awaitKept(counter, end);
            }
            try (var next = start()) {
                assertThat(next.load(counter)).isEqualTo(counted(0, 30));
                assertThat(next.eventsRead()).isZero();
            }
        }
        assertThat(said.list).isEmpty();
    }

    private static Counter join(Future<Counter> loaded) {
        try {
            return loaded.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Processes of two revisions come and go; whichever loads a counter sees all of it. */
    @Test
    void random_histories_over_many_starts_are_never_seen_otherwise() {
        long seed = Long.getLong("menara.seed", System.nanoTime());
        System.out.println("StateSnapshotsTest seed " + seed);
        var random = new SplittableRandom(seed);
        var model = new HashMap<String, Counter>();
        var running = new ArrayList<CountingInstance>();
        int saved = 0;
        int events = 0;
        try {
            for (int step = 0; step < 150; step++) {
                if (running.size() < 2 || random.nextInt(10) == 0) {
                    running.add(start(new CounterForm(Integer.toString(random.nextInt(2)))));
                }
                if (running.size() > 2) {
                    running.remove(random.nextInt(running.size())).close();
                }
                var instance = running.get(random.nextInt(running.size()));
                var counter = "c" + random.nextInt(3);
                int count = random.nextInt(KEEP_AFTER);
                if (count > 0) {
                    instance.add(counter, step, count);
                    model.put(counter, counted(model.getOrDefault(counter, Counter.NONE), step, count));
                    events += count;
                }
                var reader = running.get(random.nextInt(running.size()));
                reader.refresh();
                reader.eventsRead();
                assertThat(reader.load(counter))
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(model.getOrDefault(counter, Counter.NONE));
                saved += model.getOrDefault(counter, Counter.NONE).events() - reader.eventsRead();
            }
        } finally {
            running.forEach(CountingInstance::close);
        }
        assertThat(saved).isGreaterThan(events);
    }
}
