package menara.eventstore.mongodb;

import static menara.eventstore.mongodb.TestEvents.CONVERTER;
import static menara.eventstore.mongodb.TestEvents.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import menara.embeddedmongodb.EmbeddedMongoServer;
import menara.eventstore.mongodb.FaultyProxy.Fault;
import menara.eventstore.mongodb.processing.PublishedLog;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that swallows what it is sent and keeps the connection open: nobody waits past a limit for it. */
class TimeLimitTest {

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration CALL = Duration.ofMillis(500);
    private static final Limits LIMITS =
            Limits.DEFAULT.withOutcomeTimeout(LIMIT).withCallTimeout(CALL);

    private static final Duration RECOVERY = Duration.ofSeconds(20);

    /** What a busy machine may add. */
    private static final Duration SLACK = Duration.ofMillis(1_500);

    @AutoClose
    private final EmbeddedMongoServer server = EmbeddedMongoServer.inMemory();

    @AutoClose
    private final FaultyProxy proxy = new FaultyProxy(server.port());

    @AutoClose
    private final MongoClient client = MongoClients.create(proxy.connectionString());

    TimeLimitTest() throws IOException {}

    @BeforeEach
    void connect() {
        client.getDatabase("test").getCollection("events").countDocuments();
    }

    private MongoEventStorageEngine engine(Limits limits) {
        return MongoEventStorageEngine.builder(client.getDatabase("test"), CONVERTER)
                .limits(limits)
                .open();
    }

    private static CompletableFuture<ConsistencyMarker> append(MongoEventStorageEngine engine, String payload) {
        return engine.appendEvents(AppendCondition.none(), null, List.of(tagged(payload)))
                .thenCompose(TestEvents::finish);
    }

    @Test
    void an_append_into_a_black_hole_ends_within_its_limit_and_holds_up_no_other() throws Exception {
        try (var engine = engine(LIMITS);
                var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            TestEvents.append(engine, tagged("before"));
            proxy.inject(_ -> Fault.SWALLOWED);
            var appends = new ArrayList<CompletableFuture<ConsistencyMarker>>();
            for (int i = 0; i < 20; i++) {
                var payload = "in the hole " + i;
                appends.add(CompletableFuture.supplyAsync(() -> append(engine, payload), pool)
                        .thenCompose(future -> future));
            }

            for (var append : appends) {
                assertThat(append)
                        .failsWithin(LIMIT.plus(SLACK))
                        .withThrowableOfType(ExecutionException.class)
                        .havingCause()
                        .isInstanceOfAny(OutcomeUnknown.class, NotStored.class);
            }
            assertThat(appends)
                    .anySatisfy(append -> assertThatThrownBy(append::get).hasCauseInstanceOf(OutcomeUnknown.class));
            proxy.inject(_ -> null);

            // The driver finds the server again in its own time; until then nothing is sent, and each append says so.
            await("the log goes on")
                    .atMost(RECOVERY)
                    .untilAsserted(() -> assertThat(append(engine, "after")).succeedsWithin(LIMIT.plus(SLACK)));
        }
    }

    @Test
    void what_waits_for_its_turn_has_a_limit_and_who_comes_beyond_it_hears_so_at_once() {
        var limits = LIMITS.withMaxCommitBytes(10_000).withMaxQueuedBytes(10_000);
        try (var engine = engine(limits);
                var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            proxy.inject(FaultyProxy.ofInserts(() -> Fault.SWALLOWED));
            var first = CompletableFuture.supplyAsync(() -> append(engine, "in the hole"), pool)
                    .thenCompose(future -> future);
            await("the turn is taken").atMost(RECOVERY).until(() -> proxy.faults.get() > 0);

            var waiting = append(engine, "w".repeat(6_000));
            var beyond = append(engine, "b".repeat(6_000));

            assertThat(waiting).isNotDone();
            assertThat(beyond.isCompletedExceptionally()).isTrue();
            assertThat(beyond.exceptionNow())
                    .isInstanceOf(NotStored.class)
                    .hasMessageContaining("more than 10,000 bytes wait");
            proxy.inject(_ -> null);
            await("others are taken in again").atMost(RECOVERY).until(() -> first.isDone() && waiting.isDone());
            await("the log goes on")
                    .atMost(RECOVERY)
                    .untilAsserted(
                            () -> assertThat(append(engine, "a".repeat(6_000))).succeedsWithin(LIMIT.plus(SLACK)));
        }
    }

    /** One connection is dead and the others are not: there is time left to ask on one of them. */
    @Test
    void a_single_dead_connection_leaves_no_outcome_open() throws Exception {
        try (var engine = engine(Limits.DEFAULT.withOutcomeTimeout(LIMIT))) {
            TestEvents.append(engine, tagged("before"));
            var left = new AtomicInteger(1);
            proxy.inject(FaultyProxy.ofInserts(() -> left.getAndDecrement() > 0 ? Fault.SWALLOWED : null));

            assertThat(append(engine, "a")).succeedsWithin(LIMIT.plus(SLACK));
        }
    }

    @Test
    void every_other_call_ends_within_its_limit_too() throws Exception {
        var calls = Limits.DEFAULT.withCallTimeout(CALL).withRecentCommitsBytes(0);
        try (var engine = engine(calls);
                var published = PublishedLog.open(
                        client.getDatabase("test"), "events", ReadStrategy.AUTO, CONVERTER, calls, Clock.systemUTC())) {
            TestEvents.append(engine, tagged("a", new Tag("counter", "1")));
            TestEvents.append(engine, tagged("b"));
            proxy.inject(_ -> Fault.SWALLOWED);

            var sourcing = CompletableFuture.supplyAsync(
                    () -> engine.source(SourcingCondition.conditionFor(EventCriteria.havingTags("counter", "1")), null)
                            .error());
            var state = CompletableFuture.supplyAsync(published::state);

            assertThat(sourcing)
                    .succeedsWithin(CALL.plus(SLACK))
                    .satisfies(error -> assertThat(error).isPresent());
            assertThat(state)
                    .failsWithin(CALL.plus(SLACK))
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(MongoException.class);
            proxy.inject(_ -> null);
        }
    }
}
