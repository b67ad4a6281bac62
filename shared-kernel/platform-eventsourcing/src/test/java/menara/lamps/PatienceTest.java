package menara.lamps;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.ServerAddress;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import menara.embeddedmongodb.EmbeddedMongoServer;
import menara.eventstore.mongodb.processing.MongoParkingLot;
import menara.eventstore.mongodb.processing.MongoParkingLot.Waiting;
import menara.eventstore.spring.NotThereYet;
import menara.lamps.LampCommand.LightLamp;
import org.awaitility.Awaitility;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What becomes of an event whose handler fails depends on what it fails of. */
class PatienceTest {

    private static final Duration LIMIT = Duration.ofSeconds(40);

    private static final EmbeddedMongoServer SERVER = EmbeddedMongoServer.inMemory();

    private static final Instance INSTANCE =
            Instance.of(NewLamps.class, SERVER, "--menara.eventstore.processors.patience=100ms");

    private final NewLamps.Last handler = INSTANCE.context().getBean(NewLamps.Last.class);
    private final MongoParkingLot lot = INSTANCE.context().getBean(MongoParkingLot.class);

    @AfterAll
    static void stop() {
        INSTANCE.close();
        SERVER.close();
    }

    private void failWith(RuntimeException failure, String lamp, AtomicBoolean ill) {
        handler.before = event -> {
            if (event.lamp().equals(lamp) && ill.get()) {
                throw failure;
            }
        };
    }

    private static boolean isWritten(String lamp) {
        return INSTANCE.database().getCollection(NewLamps.LAST).find(eq(lamp)).first() != null;
    }

    private boolean isParked(String lamp) {
        return lot.waiting().stream().anyMatch(waiting -> waiting.sequence().equals(lamp));
    }

    @Test
    void a_fault_of_the_database_is_waited_for_and_never_parks_an_event() {
        var tries = new AtomicInteger();
        handler.before = event -> {
            if (event.lamp().equals("in the dark") && tries.incrementAndGet() <= 8) { // 2.5 s
                throw new IllegalStateException(
                        "a handler's own words",
                        new MongoSocketReadException("the answer was lost", new ServerAddress()));
            }
        };
        INSTANCE.commands().send(new LightLamp("in the dark"));

        Awaitility.await().atMost(LIMIT).until(() -> isWritten("in the dark"));
        assertThat(tries).hasValue(9);
        assertThat(isParked("in the dark")).isFalse();
    }

    @Test
    void writes_in_bulk_that_are_refused_for_what_they_contain_park_the_event_and_others_go_on() {
        var ill = new AtomicBoolean(true);
        failWith(
                new MongoBulkWriteException(
                        BulkWriteResult.acknowledged(0, 0, 0, 0, List.of(), List.of()),
                        List.of(new BulkWriteError(17_419, "too large", new BsonDocument(), 0)),
                        null,
                        new ServerAddress(),
                        Set.of()),
                "heavy",
                ill);
        INSTANCE.commands().send(new LightLamp("heavy"));
        INSTANCE.commands().send(new LightLamp("light"));

        Awaitility.await().atMost(LIMIT).until(() -> isParked("heavy") && isWritten("light"));
    }

    @Test
    void what_misses_a_document_is_handled_as_soon_as_that_is_there() {
        var shades = INSTANCE.database().getCollection("shades");
        handler.before = event -> {
            if (event.lamp().equals("shaded") && shades.find(eq("shaded")).first() == null) {
                throw new NotThereYet("shades", "shaded");
            }
        };
        INSTANCE.commands().send(new LightLamp("shaded"));
        Awaitility.await().atMost(LIMIT).until(() -> isParked("shaded"));
        var due = lot.waiting().stream()
                .filter(waiting -> waiting.sequence().equals("shaded"))
                .findFirst()
                .orElseThrow()
                .nextTry();

        shades.insertOne(new Document("_id", "shaded"));

        Awaitility.await().atMost(LIMIT).until(() -> isWritten("shaded"));
        assertThat(java.time.Instant.now()).isBefore(due);
    }

    @Test
    void what_is_parked_is_tried_again_without_anybody_asking() {
        var ill = new AtomicBoolean(true);
        failWith(new IllegalStateException("cannot stomach this"), "sick", ill);
        INSTANCE.commands().send(new LightLamp("sick"));
        Awaitility.await().atMost(LIMIT).until(() -> isParked("sick"));

        ill.set(false);

        Awaitility.await().atMost(LIMIT).until(() -> isWritten("sick"));
        Awaitility.await().atMost(LIMIT).until(() -> !isParked("sick"));
    }

    @Test
    void what_the_database_refuses_of_a_batch_is_parked_and_all_else_of_the_batch_is_written() {
        var lit = INSTANCE.database().getCollection(NewLamps.LIT);
        lit.insertOne(new Document("_id", "brittle").append("seen", "no room for a mark"));
        var gathered = new CountDownLatch(1);
        INSTANCE.context().getBean(NewLamps.Lit.class).before = event -> {
            if (event.lamp().equals("first")) {
                await(gathered);
            }
        };
        for (var lamp : List.of("first", "second", "brittle", "third")) {
            INSTANCE.commands().send(new LightLamp(lamp));
        }
        gathered.countDown();

        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> Stream.of("first", "second", "third")
                        .allMatch(lamp -> lit.find(eq(lamp)).first() != null));
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> lot.waiting().stream()
                        .filter(waiting -> waiting.processor().equals(NewLamps.LIT))
                        .map(Waiting::sequence)
                        .toList()
                        .equals(List.of("brittle")));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
