package menara.eventstore.spring.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import menara.embeddedmongodb.EmbeddedMongoServer;
import menara.eventstore.mongodb.Limits;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A question is answered from the state as it was when it was asked, or later. */
class CurrentStatesTest {

    /** More than are known in time by chance. */
    private static final int ROUNDS = 50;

    @AutoClose
    private final EmbeddedMongoServer server = EmbeddedMongoServer.inMemory();

    @AutoClose
    private final MongoClient client = MongoClients.create(server.connectionString());

    private CountingInstance start() {
        return new CountingInstance(
                client.getDatabase("counters"),
                CountingInstance.COUNTERS,
                StateRepository.Limits.DEFAULT,
                Limits.DEFAULT);
    }

    @Test
    void a_question_sees_what_another_process_has_just_stored() {
        try (var writing = start();
                var asking = start()) {
            var expected = Counter.NONE;
            assertThat(asking.ask("c")).isEqualTo(expected);
            for (int i = 0; i < ROUNDS; i++) {
                writing.add("c", i, 1);
                expected = expected.plus(i);

                assertThat(asking.ask("c")).isEqualTo(expected);
            }
        }
    }

    @Test
    void a_question_appends_nothing() {
        try (var instance = start()) {
            instance.add("c", 1, 3);
            long head = instance.head();

            instance.ask("c");

            assertThat(instance.head()).isEqualTo(head);
        }
    }

    @Test
    void asking_again_reads_only_what_is_newer() {
        try (var instance = start()) {
            instance.add("c", 1, 3);
            instance.ask("c");
            instance.eventsRead();

            instance.ask("c");
            assertThat(instance.eventsRead()).isZero();
            instance.add("c", 1, 2);
            instance.ask("c");
            assertThat(instance.eventsRead()).isEqualTo(2);
        }
    }
}
