package menara.eventstore.mongodb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static menara.eventstore.mongodb.TestEvents.CONVERTER;
import static menara.eventstore.mongodb.TestEvents.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import menara.eventstore.mongodb.read.TagIndex;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.GenericTaggedEventMessage;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is stored, in which form, and that it is found again. */
class StoredFormTest {

    private static final int QUESTIONS = Integer.getInteger("menara.criteria.questions", 20);
    private static final String TYPE = TestEvents.TYPE.qualifiedName().fullName();

    @AutoClose
    private final TestDatabase mongo = new TestDatabase();

    private MongoEventStorageEngine.Builder engine(ReadStrategy strategy) {
        return MongoEventStorageEngine.builder(mongo.database(), CONVERTER).readStrategy(strategy);
    }

    private static EventEvolution.Step to(String revision) {
        return payload -> new EventEvolution.Form(
                new EventEvolution.Version(TYPE, revision),
                (new String(payload, UTF_8) + "→" + revision).getBytes(UTF_8));
    }

    @ParameterizedTest
    @EnumSource(names = {"INDEXED", "POINT_READS"})
    void an_old_event_is_read_in_its_present_form_and_stays_stored_as_it_was(ReadStrategy strategy) throws Exception {
        var tag = new Tag("counter", "1");
        try (var before = engine(strategy).open()) {
            TestEvents.append(before, tagged("first", tag));
        }
        var evolution = EventEvolution.none().with(TYPE, "1", to("2")).with(TYPE, "2", to("3"));
        try (var now = engine(strategy).evolution(evolution).open()) {
            var found = TestEvents.source(now, EventCriteria.havingTags(tag)).events();
            assertThat(found).singleElement().satisfies(event -> {
                assertThat(event.type().version()).isEqualTo("3");
                assertThat(TestEvents.payload(event)).isEqualTo("first→2→3");
            });
        }
        try (var before = engine(strategy).open()) {
            assertThat(TestEvents.source(before, EventCriteria.havingTags(tag)).events())
                    .singleElement()
                    .satisfies(event -> assertThat(TestEvents.payload(event)).isEqualTo("first"));
        }
    }

    @Test
    void an_evolution_that_leads_in_a_circle_is_told() {
        var circle = EventEvolution.none().with(TYPE, "1", to("2")).with(TYPE, "2", to("1"));
        assertThatThrownBy(() ->
                        circle.present(new EventEvolution.Form(new EventEvolution.Version(TYPE, "1"), new byte[0])))
                .hasMessageContaining("circle");
    }

    @ParameterizedTest
    @EnumSource(names = {"INDEXED", "POINT_READS"})
    void a_transaction_that_fits_no_document_is_refused_and_the_next_one_goes_through(ReadStrategy strategy)
            throws Exception {
        try (var engine = engine(strategy)
                .limits(Limits.DEFAULT.withMaxCommitBytes(10_000))
                .open()) {
            assertThatThrownBy(() -> TestEvents.append(engine, tagged("fits"), tagged("x".repeat(10_000))))
                    .hasCauseInstanceOf(EventTooLarge.class);
            TestEvents.append(engine, tagged("small"));
            assertThat(engine.head()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"INDEXED", "POINT_READS"})
    void each_strategy_reads_what_the_other_wrote(ReadStrategy strategy) throws Exception {
        var tag = new Tag("counter", "1");
        for (var writer : new ReadStrategy[] {ReadStrategy.INDEXED, ReadStrategy.POINT_READS}) {
            try (var engine = engine(writer).open()) {
                TestEvents.append(engine, tagged(writer.name(), tag), tagged("stranger", new Tag("counter", "2")));
            }
        }
        try (var engine = engine(strategy)
                .limits(Limits.DEFAULT.withRecentCommitsBytes(0))
                .open()) {
            assertThat(TestEvents.source(engine, EventCriteria.havingTags(tag)).events())
                    .extracting(TestEvents::payload)
                    .containsExactly("INDEXED", "POINT_READS");
        }
    }

    /** One event of the model, and what the log should find it by. */
    private record Written(String payload, MessageType type, Set<Tag> tags) {}

    /** Longer than two blocks of the tag index, so that a cold reader goes through the index and the end behind it. */
    @ParameterizedTest
    @EnumSource(names = {"INDEXED", "POINT_READS"})
    void a_cold_reader_finds_exactly_what_a_look_at_every_event_finds(ReadStrategy strategy) throws Exception {
        long seed = Long.getLong("menara.seed", System.nanoTime());
        System.out.printf("StoredFormTest %s: -Dmenara.seed=%d%n", strategy, seed);
        var random = new Random(seed);
        var written = new ArrayList<Written>();
        try (var engine = engine(strategy).open()) {
            while (written.size() < 2 * TagIndex.BLOCK + 500) {
                append(engine, random, written);
            }
        }
        try (var cold = engine(strategy)
                .limits(Limits.DEFAULT.withRecentCommitsBytes(0))
                .open()) {
            for (int question = 0; question < QUESTIONS; question++) {
                var one = new Tag("a", Integer.toString(random.nextInt(40)));
                var other = new Tag("b", Integer.toString(random.nextInt(40)));
                var type = type(random.nextInt(3));
                assertFinds(
                        cold,
                        EventCriteria.havingTags(one),
                        written,
                        event -> event.tags().contains(one));
                assertFinds(
                        cold,
                        EventCriteria.havingTags(one, other),
                        written,
                        event -> event.tags().containsAll(Set.of(one, other)));
                assertFinds(
                        cold,
                        EventCriteria.havingTags(one).or(EventCriteria.havingTags(other)),
                        written,
                        event -> event.tags().contains(one) || event.tags().contains(other));
                assertFinds(
                        cold,
                        EventCriteria.havingTags(one).andBeingOneOfTypes(type.qualifiedName()),
                        written,
                        event -> event.tags().contains(one) && event.type().equals(type));
            }
        }
    }

    private static MessageType type(int number) {
        return new MessageType(new QualifiedName("menara.test", "Type" + number), "1");
    }

    private static void append(MongoEventStorageEngine engine, Random random, List<Written> written)
            throws ExecutionException, InterruptedException {
        var events = new ArrayList<TaggedEventMessage<?>>();
        int count = 1 + random.nextInt(60);
        for (int i = 0; i < count; i++) {
            var tags = Set.of(
                    new Tag("a", Integer.toString(random.nextInt(40))),
                    new Tag("b", Integer.toString(random.nextInt(40))));
            var event = new Written(Integer.toString(written.size()), type(random.nextInt(3)), tags);
            written.add(event);
            events.add(new GenericTaggedEventMessage<>(TestEvents.event(event.type(), event.payload()), tags));
        }
        TestEvents.append(engine, AppendCondition.none(), events);
    }

    private static void assertFinds(
            MongoEventStorageEngine engine, EventCriteria criteria, List<Written> written, Predicate<Written> wanted) {
        assertThat(TestEvents.source(engine, criteria).events())
                .as(criteria::toString)
                .extracting(TestEvents::payload)
                .containsExactlyElementsOf(
                        written.stream().filter(wanted).map(Written::payload).toList());
    }
}
