package menara.notes;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Objects;
import menara.embeddedmongodb.EmbeddedMongoServer;
import menara.eventstore.mongodb.processing.MongoParkingLot;
import menara.eventstore.spring.Commands;
import menara.eventstore.spring.DueDates;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

/** Who has the starter and a MongoDB has everything. */
class StarterTest {

    private static final Duration LIMIT = Duration.ofSeconds(40);

    private static final EmbeddedMongoServer SERVER = EmbeddedMongoServer.inMemory();

    private static final ConfigurableApplicationContext APPLICATION = new SpringApplicationBuilder(Notes.class)
            .web(WebApplicationType.NONE)
            .run(
                    "--menara.eventstore.uri=" + SERVER.connectionString(),
                    "--menara.eventstore.database=notes",
                    "--menara.eventstore.processors.patience=100ms");

    @AfterAll
    static void stop() {
        APPLICATION.close();
        SERVER.close();
    }

    private static int write(String note, String text) {
        return APPLICATION.getBean(Commands.class).send(new WriteNote(note, text), Integer.class);
    }

    private static boolean isIn(String collection, String id) {
        return APPLICATION
                        .getBean(MongoDatabase.class)
                        .getCollection(collection)
                        .find(eq(id))
                        .first()
                != null;
    }

    private static Status health(String name) {
        return Objects.requireNonNull(APPLICATION
                        .getBean(name + "HealthIndicator", HealthIndicator.class)
                        .health())
                .getStatus();
    }

    private static double gauge(String name, String processor) {
        return APPLICATION
                .getBean(MeterRegistry.class)
                .get(name)
                .tag("processor", processor)
                .gauge()
                .value();
    }

    @Test
    void what_is_appended_is_decided_on_and_projected() {
        assertThat(write("list", "bread")).isEqualTo(1);
        assertThat(write("list", "bread, salt")).isEqualTo(2);

        assertThat(APPLICATION
                        .getBean(MongoDatabase.class)
                        .getCollection(Notes.SHOWN)
                        .find(eq("list"))
                        .first())
                .isNotNull()
                .extracting(document -> ((Document) document).getString("text"))
                .isEqualTo("bread, salt");
    }

    @Test
    void what_is_published_is_followed_by_others() {
        write("told", "to all");

        Awaitility.await().atMost(LIMIT).until(() -> isIn(Notes.HEARD, "told"));
    }

    @Test
    void an_event_that_cannot_be_handled_is_parked_and_the_others_go_on() {
        write("blot", Notes.ILLEGIBLE);
        write("clear", "as glass");

        var lot = APPLICATION.getBean(MongoParkingLot.class);
        Awaitility.await().atMost(LIMIT).until(() -> lot.count("shown") == 1);
        Awaitility.await().atMost(LIMIT).until(() -> isIn(Notes.SHOWN, "clear"));
        assertThat(isIn(Notes.SHOWN, "blot")).isFalse();
        assertThat(gauge("menara.processor.parked", "shown")).isEqualTo(1);
    }

    @Test
    void work_is_done_when_it_is_due() {
        APPLICATION.getBean(DueDates.class).schedule("reminder", "bread", Instant.EPOCH);

        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> APPLICATION.getBean(Notes.Reminders.class).done.contains("bread"));
    }

    @Test
    void the_application_is_well_and_tells_how_far_it_is_behind() {
        write("well", "known");

        for (var name : new String[] {"mongodb", "processors", "following"}) {
            Awaitility.await().atMost(LIMIT).until(() -> health(name).equals(Status.UP));
        }
        Awaitility.await().atMost(LIMIT).until(() -> gauge("menara.processor.lag", "shown") == 0);
        assertThat(APPLICATION
                        .getBean(MeterRegistry.class)
                        .get("menara.log.commit")
                        .timer()
                        .count())
                .isPositive();
    }

    @Test
    void an_editor_is_told_of_every_property() throws IOException {
        var described = new StringBuilder();
        var files = StarterTest.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json");
        for (var file : Collections.list(files)) {
            try (var metadata = file.openStream()) {
                described.append(new String(metadata.readAllBytes(), StandardCharsets.UTF_8));
            }
        }

        assertThat(described)
                .contains("menara.eventstore.uri", "menara.eventstore.database", "menara.eventstore.application")
                .contains("menara.eventstore.logs", "menara.eventstore.log-database-prefix")
                .contains("menara.eventstore.processors.batch-size", "menara.eventstore.processors.claim-timeout")
                .contains("menara.eventstore.processors.patience", "menara.eventstore.processors.segments")
                .contains("MongoDB connection string");
    }
}
