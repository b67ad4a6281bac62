package menara.platform.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.UUID;
import java.util.concurrent.Executors;
import menara.embeddedmongodb.EmbeddedMongoServer;
import menara.platform.idempotency.Idempotency.Attempt;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class IdempotencyTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Duration LATER = Idempotency.ABANDONED.plusSeconds(1);

    @AutoClose
    private final EmbeddedMongoServer server = EmbeddedMongoServer.inMemory();

    @AutoClose
    private final MongoClient client = MongoClients.create(server.connectionString());

    private Idempotency at(Instant now) {
        return new Idempotency(client.getDatabase("test"), Clock.fixed(now, ZoneOffset.UTC));
    }

    private Attempt begin(Instant now) {
        return at(now).begin("nadia", "key", "hash");
    }

    private Attempt.First first(Instant now) {
        var attempt = begin(now);
        assertThat(attempt).isInstanceOf(Attempt.First.class);
        return (Attempt.First) attempt;
    }

    private void answer(Attempt.First attempt, int status) {
        at(NOON).answer(
                        "nadia",
                        "key",
                        attempt.began(),
                        status,
                        null,
                        null,
                        Integer.toString(status).getBytes(StandardCharsets.UTF_8));
    }

    private int answered(Instant now) {
        var attempt = begin(now);
        assertThat(attempt).isInstanceOf(Attempt.Answered.class);
        return ((Attempt.Answered) attempt).status();
    }

    /** The late one was overtaken and refused; whoever asks again hears what the request did. */
    @Test
    void an_attempt_that_was_given_up_does_not_leave_its_answer() {
        var late = first(NOON);
        var present = first(NOON.plus(LATER));
        answer(late, 409);

        answer(present, 201);

        assertThat(answered(NOON.plus(LATER))).isEqualTo(201);
    }

    @Test
    void a_fault_of_an_attempt_that_was_given_up_takes_no_answer_away() {
        var late = first(NOON);
        var present = first(NOON.plus(LATER));
        answer(present, 201);

        at(NOON).giveUp("nadia", "key", late.began());

        assertThat(answered(NOON.plus(LATER))).isEqualTo(201);
    }

    @Test
    void of_several_who_come_back_to_a_lost_request_one_goes_on_with_the_same_ids() throws Exception {
        var lost = first(NOON);
        var again = NOON.plus(LATER);
        try (var pool = Executors.newFixedThreadPool(8)) {
            var attempts = pool.invokeAll(Collections.nCopies(8, () -> begin(again)));

            var going = new ArrayList<UUID>();
            for (var attempt : attempts) {
                if (attempt.get() instanceof Attempt.First first) {
                    going.add(first.seed());
                }
            }
            assertThat(going).containsExactly(lost.seed());
        }
    }
}
