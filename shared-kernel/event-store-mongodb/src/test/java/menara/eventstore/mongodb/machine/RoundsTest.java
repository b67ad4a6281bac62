package menara.eventstore.mongodb.machine;

import static menara.eventstore.mongodb.TestEvents.CONVERTER;
import static menara.eventstore.mongodb.TestEvents.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import menara.eventstore.mongodb.EventEvolution;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import menara.eventstore.mongodb.ReadStrategy;
import menara.eventstore.mongodb.TestDatabase;
import menara.eventstore.mongodb.TestEvents;
import menara.eventstore.mongodb.processing.ForeignLog;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Work in the background goes on whatever it fails of. */
class RoundsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @AutoClose
    private final TestDatabase mongo = new TestDatabase();

    @Test
    void whatever_a_round_fails_of_there_is_a_next_one_and_what_is_wrong_can_be_asked() {
        var failures = new ArrayDeque<Throwable>(List.of(
                new IllegalStateException("closed"),
                new MongoTimeoutException("no answer"),
                new NullPointerException(),
                new StackOverflowError(),
                new AssertionError("wrong")));
        var well = new AtomicInteger();
        var told = new AtomicInteger();
        try (var rounds = new Rounds("test", () -> {
            var failure = failures.poll();
            switch (failure) {
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case null, default -> well.incrementAndGet();
            }
            return 1_000_000;
        })) {
            rounds.start();
            Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(1)).until(() -> {
                rounds.fault().ifPresent(_ -> told.incrementAndGet());
                return well.get() > 2;
            });
            assertThat(rounds.fault()).isEmpty();
        }
        assertThat(told).hasPositiveValue();
    }

    /** A step that cannot lift what is stored fails with what the driver also says of a closed client. */
    @Test
    void a_log_whose_events_could_not_be_read_for_a_while_is_followed_again() throws Exception {
        var broken = new AtomicBoolean(true);
        var lifting = EventEvolution.none().with("menara.test.Counted", "1", payload -> {
            if (broken.get()) {
                throw new IllegalStateException("cannot be lifted yet");
            }
            return new EventEvolution.Form(new EventEvolution.Version("menara.test.Counted", "2"), payload);
        });
        try (var reader = ForeignLog.open(mongo.database(), "events", ReadStrategy.AUTO, lifting, Limits.DEFAULT);
                var writer = MongoEventStorageEngine.builder(mongo.database(), CONVERTER)
                        .open()) {
            TestEvents.append(writer, tagged("a"));
            Awaitility.await().atMost(LIMIT).until(() -> reader.fault().isPresent());
            broken.set(false);

            Awaitility.await().atMost(LIMIT).until(() -> reader.head() == 1);
        }
    }
}
