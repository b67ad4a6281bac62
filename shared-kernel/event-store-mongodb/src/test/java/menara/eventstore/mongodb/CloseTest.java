package menara.eventstore.mongodb;

import static menara.eventstore.mongodb.TestEvents.CONVERTER;
import static menara.eventstore.mongodb.TestEvents.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** An engine is closed while many append: each of them is answered, and what was answered is true. */
class CloseTest {

    private static final int ROUNDS = 30;
    private static final int WRITERS = 12;
    private static final int APPENDS_BEFORE_CLOSING = 150;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @AutoClose
    private final TestDatabase mongo = new TestDatabase();

    private MongoEventStorageEngine engine(String log) {
        return MongoEventStorageEngine.builder(mongo.database(), CONVERTER)
                .log(log)
                .open();
    }

    @Test
    void whoever_appends_while_the_engine_is_closed_learns_the_truth() throws Exception {
        long seed = Long.getLong("menara.seed", System.nanoTime());
        System.out.println("CloseTest: -Dmenara.seed=" + seed);
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            closeUnderLoad("log_" + round, 1 + random.nextInt(APPENDS_BEFORE_CLOSING));
        }
    }

    private void closeUnderLoad(String log, int closeAfter) throws InterruptedException {
        var stored = ConcurrentHashMap.<String>newKeySet();
        var answers = new ConcurrentLinkedQueue<CompletableFuture<Void>>();
        var begun = new AtomicInteger();
        var stop = new AtomicBoolean();
        var thrown = new ConcurrentLinkedQueue<RuntimeException>();
        var engine = engine(log);
        try (var pool = Executors.newFixedThreadPool(WRITERS)) {
            for (int writer = 0; writer < WRITERS; writer++) {
                int number = writer;
                pool.submit(() -> {
                    for (int i = 0; !stop.get(); i++) {
                        var payload = number + "/" + i;
                        try {
                            var answer = append(engine, payload).thenAccept(_ -> stored.add(payload));
                            answers.add(answer);
                            answer.exceptionally(_ -> null).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
                        } catch (RuntimeException e) {
                            thrown.add(e);
                        }
                        begun.incrementAndGet();
                    }
                    return null;
                });
            }
            Awaitility.await().pollInterval(Duration.ofMillis(1)).atMost(LIMIT).until(() -> begun.get() >= closeAfter);
            engine.close();
            stop.set(true);
        }

        assertThat(thrown).isEmpty();
        for (var answer : answers) {
            assertThat(outcome(answer)).isIn("stored", "not stored");
        }
        var found = in(log);
        assertThat(found).doesNotHaveDuplicates();
        assertThat(Set.copyOf(found)).isEqualTo(stored);
    }

    private static CompletableFuture<ConsistencyMarker> append(MongoEventStorageEngine engine, String payload) {
        return engine.appendEvents(AppendCondition.none(), null, List.of(tagged(payload)))
                .thenCompose(TestEvents::finish);
    }

    private static String outcome(CompletableFuture<?> answer) throws InterruptedException {
        try {
            answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            return "stored";
        } catch (ExecutionException e) {
            return e.getCause() instanceof NotStored ? "not stored" : String.valueOf(e.getCause());
        } catch (TimeoutException e) {
            return "never answered";
        }
    }

    private List<String> in(String log) {
        try (var other = engine(log)) {
            return TestEvents.source(other, EventCriteria.havingAnyTag()).events().stream()
                    .map(TestEvents::payload)
                    .toList();
        }
    }

    /** Begun before and committed after: it hears that it came too late. */
    @Test
    void a_transaction_that_is_committed_after_the_end_is_refused() throws Exception {
        var engine = engine("late");
        var begun = engine.appendEvents(AppendCondition.none(), null, List.of(tagged("a")))
                .get();
        engine.close();
        engine.close();

        assertThat(outcome(TestEvents.finish(begun))).isEqualTo("not stored");
        assertThat(in("late")).isEmpty();
    }
}
