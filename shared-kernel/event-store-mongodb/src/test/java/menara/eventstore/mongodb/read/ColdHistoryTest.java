package menara.eventstore.mongodb.read;

import static menara.eventstore.mongodb.TestEvents.CONVERTER;
import static menara.eventstore.mongodb.TestEvents.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import menara.eventstore.mongodb.EventEvolution;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import menara.eventstore.mongodb.ReadStrategy;
import menara.eventstore.mongodb.TestDatabase;
import menara.eventstore.mongodb.TestEvents;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A history that is longer than a page and not in memory. */
class ColdHistoryTest {

    private static final int COMMITS = 1_300;
    private static final Tag TAG = new Tag("counter", "1");

    @AutoClose
    private final TestDatabase mongo = new TestDatabase();

    private MongoEventStorageEngine engine(ReadStrategy strategy, EventEvolution evolution) {
        return MongoEventStorageEngine.builder(mongo.database(), CONVERTER)
                .readStrategy(strategy)
                .limits(Limits.DEFAULT.withRecentCommitsBytes(0))
                .evolution(evolution)
                .open();
    }

    /** Tells of each event that is decoded. */
    private static EventEvolution counting(Consumer<byte[]> decoded) {
        var type = TestEvents.TYPE.qualifiedName().fullName();
        return EventEvolution.none().with(type, "1", payload -> {
            decoded.accept(payload);
            return new EventEvolution.Form(new EventEvolution.Version(type, "2"), payload);
        });
    }

    /** @param ahead events that are read before they are asked for, at any moment */
    @ParameterizedTest
    @CsvSource({"INDEXED, 256", "POINT_READS, 1024"})
    void it_is_read_page_by_page_as_its_reader_goes_on(ReadStrategy strategy, int ahead) throws Exception {
        try (var writer = engine(strategy, EventEvolution.none())) {
            for (int i = 0; i < COMMITS; i++) {
                TestEvents.append(writer, tagged(Integer.toString(i), TAG));
            }
        }
        var decoded = new AtomicInteger();
        try (var cold = engine(strategy, counting(_ -> decoded.incrementAndGet()))) {
            decoded.set(0);
            var stream = cold.events(SourcingCondition.conditionFor(EventCriteria.havingTags(TAG)));
            List<String> all = new ArrayList<>();
            for (var next = stream.next(); next.isPresent(); next = stream.next()) {
                assertThat(decoded.get() - all.size()).isLessThanOrEqualTo(ahead);
                all.add(TestEvents.payload(next.get().message()));
            }

            assertThat(all)
                    .containsExactlyElementsOf(IntStream.range(0, COMMITS)
                            .mapToObj(Integer::toString)
                            .toList());
        }
    }

    @Test
    void our_own_index_is_asked_for_some_blocks_and_for_the_next_when_those_are_read() throws Exception {
        int blocks = 2 * OwnIndexEvents.FIRST_BLOCKS;
        try (var writer = engine(ReadStrategy.POINT_READS, EventEvolution.none())) {
            for (int i = 0; i < blocks * TagIndex.BLOCK; i += Limits.MAX_COMMIT_EVENTS) {
                TestEvents.append(writer, AppendCondition.none(), oneTagged(Limits.MAX_COMMIT_EVENTS));
            }
            var index = new TagIndex(mongo.database().getCollection("events_tags"));
            await().atMost(Duration.ofSeconds(60)).until(() -> index.refresh() == blocks * (long) TagIndex.BLOCK);
        }
        var asked = new CopyOnWriteArrayList<Integer>();
        try (var client = telling(asked);
                var cold = MongoEventStorageEngine.builder(
                                client.getDatabase(mongo.database().getName()), CONVERTER)
                        .readStrategy(ReadStrategy.POINT_READS)
                        .limits(Limits.DEFAULT.withRecentCommitsBytes(0))
                        .open()) {
            asked.clear();
            var stream = cold.events(SourcingCondition.conditionFor(EventCriteria.havingTags(TAG)));
            assertThat(stream.next()).isPresent();
            assertThat(asked).as("the blocks and the checkpoint").containsExactly(OwnIndexEvents.FIRST_BLOCKS + 1);
            int events = 1;
            while (stream.next().isPresent()) {
                events++;
            }

            assertThat(events).isEqualTo(blocks * TagIndex.BLOCK / Limits.MAX_COMMIT_EVENTS);
            assertThat(asked).hasSize(2);
        }
    }

    private static List<TaggedEventMessage<?>> oneTagged(int events) {
        var all = new ArrayList<TaggedEventMessage<?>>();
        all.add(tagged("", TAG));
        for (int i = 1; i < events; i++) {
            all.add(tagged(""));
        }
        return all;
    }

    /** A client that tells how many documents of the index each read asks for by their ids. */
    private MongoClient telling(List<Integer> asked) {
        return MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(mongo.connectionString()))
                .addCommandListener(new CommandListener() {
                    @Override
                    public void commandStarted(CommandStartedEvent event) {
                        var command = event.getCommand();
                        if (event.getCommandName().equals("find")
                                && command.getString("find").getValue().equals("events_tags")
                                && command.getDocument("filter").get("_id") instanceof BsonDocument ids) {
                            asked.add(ids.getArray("$in").size());
                        }
                    }
                })
                .build());
    }
}
