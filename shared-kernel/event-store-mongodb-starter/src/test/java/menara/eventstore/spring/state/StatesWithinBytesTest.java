package menara.eventstore.spring.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.util.List;
import java.util.stream.IntStream;
import menara.embeddedmongodb.EmbeddedMongoServer;
import menara.eventstore.mongodb.Limits;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** States are remembered within a number of bytes, and what is beyond them is folded again. */
class StatesWithinBytesTest {

    private static final int COUNTERS = 40;
    private static final int EVENTS = 3;
    private static final String NOTE = "x".repeat(1_000);

    /** Room for about a quarter of the counters. */
    private static final long BYTES = COUNTERS / 4 * (EVENTS * 1_040L + 512);

    private static final List<String> NAMES =
            IntStream.range(0, COUNTERS).mapToObj(i -> "c" + i).toList();

    @AutoClose
    private final EmbeddedMongoServer server = EmbeddedMongoServer.inMemory();

    @AutoClose
    private final MongoClient client = MongoClients.create(server.connectionString());

    private CountingInstance start(long bytes) {
        return new CountingInstance(
                client.getDatabase("counters"),
                CountingInstance.COUNTERS,
                new StateRepository.Limits(bytes, Integer.MAX_VALUE),
                Limits.DEFAULT);
    }

    private static Counter expected() {
        var counter = Counter.NONE;
        for (int i = 0; i < EVENTS; i++) {
            counter = counter.plus(i);
        }
        return counter;
    }

    /** Loads all of them, each as it must be, and tells how many were folded again. */
    private static int foldedOf(CountingInstance instance) {
        instance.eventsRead();
        for (var name : NAMES) {
            assertThat(instance.load(name)).isEqualTo(expected());
        }
        return instance.eventsRead() / EVENTS;
    }

    @Test
    void what_does_not_fit_is_folded_again_and_right() {
        try (var instance = start(BYTES)) {
            NAMES.forEach(name -> instance.add(name, 0, EVENTS, NOTE));
            assertThat(foldedOf(instance)).isEqualTo(COUNTERS);

            for (int round = 0; round < 3; round++) {
                assertThat(instance.cachedBytes()).isBetween(BYTES / 2, BYTES);
                // At most a quarter of them was remembered, however the cache chooses.
                assertThat(foldedOf(instance)).isBetween(COUNTERS * 3 / 4, COUNTERS);
            }
        }
    }

    @Test
    void what_fits_is_not_folded_again() {
        try (var instance = start(8 * BYTES)) {
            NAMES.forEach(name -> instance.add(name, 0, EVENTS, NOTE));
            foldedOf(instance);

            assertThat(foldedOf(instance)).isZero();
        }
    }

    @Test
    void a_state_of_a_long_history_does_not_take_all_of_the_room() {
        try (var instance = start(BYTES)) {
            instance.add("long", 0, 100, NOTE);
            var whole = instance.load("long");
            assertThat(instance.cachedBytes()).isEqualTo(BYTES / 4);
            instance.eventsRead();

            assertThat(instance.load("long")).isEqualTo(whole);
            assertThat(instance.eventsRead()).isZero();
        }
    }
}
