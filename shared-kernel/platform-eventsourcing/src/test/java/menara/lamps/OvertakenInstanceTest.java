package menara.lamps;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.CountDownLatch;
import menara.embeddedmongodb.EmbeddedMongoServer;
import menara.eventstore.mongodb.due.MongoDueDates;
import menara.lamps.LampCommand.DarkenLamp;
import menara.lamps.LampCommand.LightLamp;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** An instance sleeps in the midst of an event, another goes on in its place, and the first wakes up. */
class OvertakenInstanceTest {

    private static final Duration LIMIT = Duration.ofSeconds(40);

    @AutoClose
    private final EmbeddedMongoServer server = EmbeddedMongoServer.inMemory();

    @Test
    void who_wakes_up_writes_nothing_older_over_newer_and_follows_again() throws InterruptedException {
        var reached = new CountDownLatch(1);
        var wake = new CountDownLatch(1);
        try (var sleeper = Instance.of(NewLamps.class, server)) {
            var asleep = sleeper.context().getBean(NewLamps.Last.class);
            asleep.before = event -> {
                if (event.lamp().equals("lamp")) {
                    reached.countDown();
                    await(wake);
                }
            };
            sleeper.commands().send(new LightLamp("lamp"));
            reached.await();
            try (var successor = Instance.of(NewLamps.class, server)) {
                takeClaimsFromEverybody(sleeper);
                successor.commands().send(new DarkenLamp("lamp"));
                Awaitility.await()
                        .atMost(LIMIT)
                        .until(() -> last(sleeper, "lamp").equals("LampDarkened"));

                wake.countDown();

                Awaitility.await().atMost(LIMIT).until(() -> asleep.written != null);
                assertThat(last(sleeper, "lamp")).isEqualTo("LampDarkened");
                assertThat(sleeper.context().getBean(MongoDueDates.class).dueAt(NewLamps.LAST, "lamp"))
                        .contains(NewLamps.DARK_TOO_LONG);
            }
            sleeper.commands().send(new LightLamp("another"));
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> last(sleeper, "another").equals("LampLit"));
            assertThat(last(sleeper, "lamp")).isEqualTo("LampDarkened");
        }
    }

    @Test
    void a_read_model_whose_token_is_deleted_is_made_anew_from_the_first_event_on() {
        try (var before = Instance.of(NewLamps.class, server)) {
            before.commands().send(new LightLamp("lamp"));
            Awaitility.await().atMost(LIMIT).until(() -> last(before, "lamp").equals("LampLit"));
            before.database()
                    .getCollection(NewLamps.LAST)
                    .updateOne(eq("lamp"), set("event", "as an older version had it"));
            before.database().getCollection("tokens").deleteMany(eq("processor", "last"));
        }
        try (var after = Instance.of(NewLamps.class, server)) {
            Awaitility.await().atMost(LIMIT).until(() -> last(after, "lamp").equals("LampLit"));
        }
    }

    private static String last(Instance instance, String lamp) {
        var found =
                instance.database().getCollection(NewLamps.LAST).find(eq(lamp)).first();
        return found == null ? "" : found.getString("event");
    }

    /** As when nothing was heard of their owner for too long. */
    private static void takeClaimsFromEverybody(Instance instance) {
        instance.database()
                .getCollection("tokens")
                .updateMany(
                        eq("processor", "last"),
                        combine(set("owner", "somebody"), set("claimedAt", Date.from(Instant.EPOCH))));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
