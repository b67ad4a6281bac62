package menara.eventstore.mongodb.read;

import static menara.eventstore.mongodb.TestEvents.CONVERTER;
import static menara.eventstore.mongodb.TestEvents.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import menara.eventstore.mongodb.EventEvolution;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import menara.eventstore.mongodb.ReadStrategy;
import menara.eventstore.mongodb.TestDatabase;
import menara.eventstore.mongodb.TestEvents;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    @ParameterizedTest
    @EnumSource(names = {"INDEXED", "POINT_READS"})
    void it_is_read_page_by_page_as_its_reader_goes_on(ReadStrategy strategy) throws Exception {
        try (var writer = engine(strategy, EventEvolution.none())) {
            for (int i = 0; i < COMMITS; i++) {
                TestEvents.append(writer, tagged(Integer.toString(i), TAG));
            }
        }
        var decoded = new AtomicInteger();
        try (var cold = engine(strategy, counting(_ -> decoded.incrementAndGet()))) {
            var before = decoded.get();
            var stream = cold.source(SourcingCondition.conditionFor(EventCriteria.havingTags(TAG)), null);
            assertThat(stream.next()).isPresent();
            assertThat(decoded.get() - before).isLessThan(COMMITS);

            List<String> all = new ArrayList<>();
            for (var event :
                    TestEvents.source(cold, EventCriteria.havingTags(TAG)).events()) {
                all.add(TestEvents.payload(event));
            }

            assertThat(all)
                    .containsExactlyElementsOf(IntStream.range(0, COMMITS)
                            .mapToObj(Integer::toString)
                            .toList());
        }
    }
}
