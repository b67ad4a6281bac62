package menara.lamps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import menara.embeddedmongodb.EmbeddedMongoServer;
import menara.eventstore.mongodb.EventEvolution;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import menara.eventstore.mongodb.ReadStrategy;
import menara.eventstore.mongodb.processing.ForeignLog;
import menara.lamps.LampCommand.DarkenLamp;
import menara.lamps.LampCommand.LightLamp;
import menara.values.refusals.RuleViolated;
import org.awaitility.Awaitility;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.GenericTaggedEventMessage;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.axonframework.messaging.eventstreaming.Tag;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A service runs in several processes, of one version or of two, which know of each other by the database alone. */
class SeveralInstancesTest {

    private static final int ROUNDS = 100;
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    @AutoClose
    private final EmbeddedMongoServer server = EmbeddedMongoServer.inMemory();

    @Test
    void nobody_is_refused_on_a_state_that_another_instance_has_moved_on_from() {
        try (var one = Instance.of(NewLamps.class, server);
                var other = Instance.of(NewLamps.class, server)) {
            for (int round = 0; round < ROUNDS; round++) {
                var lamp = "lamp " + round;
                one.commands().send(new LightLamp(lamp));

                assertThatCode(() -> other.commands().send(new DarkenLamp(lamp)))
                        .as("round %d", round)
                        .doesNotThrowAnyException();
            }
            assertThatThrownBy(() -> one.commands().send(new DarkenLamp("lamp 0")))
                    .isInstanceOf(RuleViolated.class)
                    .hasMessage("the lamp is dark");
        }
    }

    @Test
    void who_wrote_at_one_instance_reads_it_there_whoever_has_the_segment() {
        try (var one = Instance.of(NewLamps.class, server);
                var other = Instance.of(NewLamps.class, server)) {
            // From the first moment on, while segments are given out and change hands.
            for (int round = 0; round < 2 * ROUNDS; round++) {
                if (round == ROUNDS) {
                    Awaitility.await()
                            .atMost(LIMIT)
                            .until(() -> ownersOfSegments(one).size() == 2);
                }
                lightAndRead(round % 2 == 0 ? one : other, "lamp " + round);
            }
            other.close();
            Awaitility.await().atMost(LIMIT).until(() -> ownersOfSegments(one).size() == 1);
            one.commands().send(new LightLamp("alone"));
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> one.database().getCollection(NewLamps.LAST).countDocuments() == 2 * ROUNDS + 1);
        }
    }

    /** Who wrote reads what it wrote, unless it was kept waiting for as long as anybody is. */
    private static void lightAndRead(Instance instance, String lamp) {
        long start = System.nanoTime();
        instance.commands().send(new LightLamp(lamp));
        var waited = Duration.ofNanos(System.nanoTime() - start);

        if (waited.compareTo(LONGEST_WAIT) < 0) {
            assertThat(instance.database()
                            .getCollection(NewLamps.LAST)
                            .find(Filters.eq(lamp))
                            .first())
                    .as("%s after %s", lamp, waited)
                    .isNotNull();
        }
    }

    private static Set<String> ownersOfSegments(Instance instance) {
        return instance.database()
                .getCollection("tokens")
                .find(Filters.eq("processor", "last"))
                .map(segment -> String.valueOf(segment.getString("owner")))
                .into(new HashSet<>());
    }

    /** The old version is there first, with all segments and the publisher; the new one comes, and both run. */
    @Test
    void what_an_old_version_does_not_know_it_leaves_to_the_new_one() throws Exception {
        try (var old = Instance.of(OldLamps.class, server)) {
            append(old.log(), LampEvent.LIT, "lamp");
            append(old.log(), LampEvent.DIMMED, "lamp");
            append(old.log(), LampEvent.LIT, "another lamp");
            Awaitility.await().atMost(LIMIT).until(() -> old.published() > 0);

            assertThatThrownBy(() -> old.commands().send(new DarkenLamp("lamp")))
                    .hasMessageContaining(LampEvent.DIMMED);
            assertThat(old.log().head()).as("nothing was decided").isEqualTo(3);

            try (var fresh = Instance.of(NewLamps.class, server)) {
                Awaitility.await()
                        .atMost(LIMIT)
                        .untilAsserted(() -> assertThat(seen())
                                .extracting(LampSeen::event)
                                .map(String::strip)
                                .containsExactly("OldLampLit", "LampDimmed", "LampLit"));
                Awaitility.await()
                        .atMost(LIMIT)
                        .until(() ->
                                fresh.database().getCollection(NewLamps.DIMMED).countDocuments() == 1);
            }
        }
    }

    @Test
    void what_is_published_may_be_more_than_fits_one_commit() throws Exception {
        try (var log = Instance.of(OldLamps.class, server)) {
            append(log.log(), LampEvent.DIMMED, "nobody here knows it, so that the rest waits");
            for (int i = 0; i < 5; i++) {
                append(log.log(), LampEvent.LIT, LampSeen.GLARING + i);
            }
        }
        try (var fresh = Instance.of(NewLamps.class, server)) {
            Awaitility.await().atMost(LIMIT).until(() -> fresh.published() == 6);

            assertThat(seen())
                    .extracting(LampSeen::lamp)
                    .endsWith("glaring0", "glaring1", "glaring2", "glaring3", "glaring4");
        }
    }

    @Test
    void every_collection_of_a_service_is_as_safe_as_the_platform_says() {
        try (var instance = Instance.of(NewLamps.class, server)) {
            var readModel = instance.database().getCollection(NewLamps.DIMMED);

            assertThat(readModel.getWriteConcern()).isEqualTo(WriteConcern.MAJORITY.withJournal(true));
            assertThat(readModel.getReadConcern()).isEqualTo(ReadConcern.MAJORITY);
        }
    }

    /** As a neighbour reads it. */
    private List<LampSeen> seen() {
        var json = JsonMapper.builder().build();
        var seen = new ArrayList<LampSeen>();
        try (var client = MongoClients.create(server.connectionString());
                var log = ForeignLog.open(
                        client.getDatabase("menara_lamps"),
                        "published",
                        ReadStrategy.AUTO,
                        EventEvolution.none(),
                        Limits.DEFAULT)) {
            var events = log.open(
                    StreamingCondition.startingFrom(log.firstToken(null).join()), null);
            for (var next = events.next(); next.isPresent(); next = events.next()) {
                seen.add(json.readValue(next.get().message().payloadAs(byte[].class), LampSeen.class));
            }
        }
        return seen;
    }

    /** Writes as any version would. */
    private static void append(MongoEventStorageEngine log, String event, String lamp) throws Exception {
        List<TaggedEventMessage<?>> events = new ArrayList<>();
        var payload = "{\"lamp\":\"%s\"}".formatted(lamp).getBytes(StandardCharsets.UTF_8);
        events.add(new GenericTaggedEventMessage<>(
                new GenericEventMessage(
                        UUID.randomUUID().toString(),
                        new MessageType(new QualifiedName(event), "1"),
                        payload,
                        Map.of(),
                        Instant.EPOCH),
                Set.of(new Tag("lamp", lamp))));
        log.appendEvents(AppendCondition.none(), null, events)
                .get()
                .commit(null)
                .get();
    }
}
