package menara.eventstore.mongodb.processing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import menara.eventstore.mongodb.EventEvolution;
import menara.eventstore.mongodb.EventTooLarge;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.LogWentBack;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import menara.eventstore.mongodb.ReadStrategy;
import menara.eventstore.mongodb.TestDatabase;
import menara.eventstore.mongodb.TestEvents;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedLogTest {

    private static final int PRIVATE_EVENTS = 300;
    private static final int PUBLISHERS = 4;

    @AutoClose
    private final TestDatabase mongo = new TestDatabase();

    private PublishedLog open(ReadStrategy strategy, Limits limits) {
        return PublishedLog.open(
                mongo.database(), "published", strategy, TestEvents.CONVERTER, limits, Clock.systemUTC());
    }

    private List<String> published(ReadStrategy strategy) {
        try (var client = MongoClients.create(mongo.connectionString());
                var log = ForeignLog.open(
                        client.getDatabase(mongo.database().getName()),
                        "published",
                        strategy,
                        EventEvolution.none(),
                        Limits.DEFAULT)) {
            var found = new ArrayList<String>();
            var stream = log.open(
                    StreamingCondition.startingFrom(log.firstToken(null).join()), null);
            for (var next = stream.next(); next.isPresent(); next = stream.next()) {
                found.add(TestEvents.payload(next.get().message()));
            }
            assertThat(stream.error()).isEmpty();
            return found;
        }
    }

    /** Private event {@code n} is published if it is odd; some translations are thus empty. */
    private static List<EventMessage> translation(long from, long until) {
        return IntStream.range((int) from, (int) until)
                .filter(n -> n % 2 == 1)
                .mapToObj(n -> TestEvents.event(Integer.toString(n)))
                .toList();
    }

    private static Void publish(PublishedLog log, Random random) {
        for (var seen = log.state(); seen.progress() < PRIVATE_EVENTS; seen = log.state()) {
            long until = Math.min(PRIVATE_EVENTS, seen.progress() + 1 + random.nextInt(4));
            log.append(seen, translation(seen.progress(), until), until);
        }
        return null;
    }

    @ParameterizedTest
    @EnumSource(names = {"INDEXED", "POINT_READS"})
    void several_publishers_at_once_translate_each_event_once_and_in_order(ReadStrategy strategy) throws Exception {
        long seed = Long.getLong("menara.seed", System.nanoTime());
        System.out.println("PublishedLogTest: -Dmenara.seed=" + seed);
        var random = new Random(seed);
        try (var pool = Executors.newCachedThreadPool()) {
            var publishers = new ArrayList<Future<Void>>();
            for (int i = 0; i < PUBLISHERS; i++) {
                var own = new Random(random.nextLong());
                publishers.add(pool.submit((Callable<Void>) () -> {
                    try (var log = open(strategy, Limits.DEFAULT)) {
                        return publish(log, own);
                    }
                }));
            }
            for (var publisher : publishers) {
                publisher.get();
            }
        }
        assertThat(published(strategy))
                .containsExactlyElementsOf(translation(0, PRIVATE_EVENTS).stream()
                        .map(TestEvents::payload)
                        .toList());
    }

    @Test
    void progress_without_events_is_remembered_and_adds_no_commit() {
        try (var log = open(ReadStrategy.POINT_READS, Limits.DEFAULT)) {
            assertThat(log.append(log.state(), translation(0, 2), 2)).isTrue();
            var seen = log.state();
            assertThat(log.append(seen, List.of(), 9)).isTrue();
            assertThat(log.state()).isEqualTo(new PublishedLog.State(seen.head(), 9));
        }
        try (var reopened = open(ReadStrategy.POINT_READS, Limits.DEFAULT)) {
            assertThat(reopened.state().progress()).isEqualTo(9);
        }
    }

    @Test
    void who_looked_before_another_published_publishes_nothing() {
        try (var one = open(ReadStrategy.POINT_READS, Limits.DEFAULT);
                var other = open(ReadStrategy.POINT_READS, Limits.DEFAULT)) {
            var seen = one.state();
            assertThat(other.append(other.state(), translation(0, 2), 2)).isTrue();
            assertThat(one.append(seen, translation(0, 2), 2)).isFalse();
        }
        assertThat(published(ReadStrategy.POINT_READS)).containsExactly("1");
    }

    @Test
    void progress_does_not_go_back() {
        try (var log = open(ReadStrategy.POINT_READS, Limits.DEFAULT)) {
            log.append(log.state(), translation(0, 2), 2);
            var seen = log.state();
            assertThatThrownBy(() -> log.append(seen, translation(0, 2), 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("2 to 1");
        }
    }

    @Test
    void a_translation_that_fits_no_commit_is_refused_whole() {
        try (var log = open(ReadStrategy.POINT_READS, Limits.DEFAULT.withMaxCommitEvents(2))) {
            var seen = log.state();
            assertThatThrownBy(() -> log.append(seen, translation(0, 6), 6)).isInstanceOf(EventTooLarge.class);
            assertThat(log.state()).isEqualTo(seen);
        }
    }

    private MongoEventStorageEngine privateLog(int events) throws Exception {
        var engine = MongoEventStorageEngine.builder(mongo.database(), TestEvents.CONVERTER)
                .log("private")
                .open();
        for (int i = 0; i < events; i++) {
            TestEvents.append(engine, TestEvents.tagged("private " + i));
        }
        return engine;
    }

    private PublishedLog publishing(MongoEventStorageEngine source) {
        return PublishedLog.open(
                mongo.database(),
                "published",
                source,
                ReadStrategy.AUTO,
                TestEvents.CONVERTER,
                Limits.DEFAULT,
                Clock.systemUTC());
    }

    /** As somebody restores it who leaves out what was published. */
    private void losePrivateEventsFrom(long position) {
        mongo.database().getCollection("private").deleteMany(Filters.gte("_id", position));
    }

    @Test
    void while_the_private_log_holds_what_was_told_of_it_a_publisher_goes_on() throws Exception {
        try (var source = privateLog(5);
                var log = publishing(source)) {
            assertThat(log.append(log.state(), translation(0, 4), 4)).isTrue();
        }
        try (var source = privateLog(3);
                var log = publishing(source)) {
            assertThat(log.state()).isEqualTo(new PublishedLog.State(2, 4));
        }
    }

    /** New private events stand where those were that others were told of: they would never be published. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void who_told_others_more_than_the_restored_private_log_holds_publishes_nothing_more(boolean withEvents)
            throws Exception {
        try (var source = privateLog(5);
                var log = publishing(source)) {
            assertThat(log.append(log.state(), translation(0, 2), 2)).isTrue();
            assertThat(log.append(log.state(), withEvents ? translation(2, 5) : List.of(), 5))
                    .isTrue();
        }
        losePrivateEventsFrom(3);
        try (var source = privateLog(4);
                var log = publishing(source)) {
            assertThat(source.head()).isEqualTo(7);
            assertThatThrownBy(log::state)
                    .isInstanceOf(LogWentBack.class)
                    .hasMessageContaining("log published publishes commit")
                    .hasMessageContaining("at position 4");
        }
    }

    @Test
    void who_cannot_say_what_stands_before_the_place_it_has_come_to_publishes_nothing() throws Exception {
        try (var source = privateLog(1);
                var log = publishing(source)) {
            var seen = log.state();
            assertThatThrownBy(() -> log.append(seen, translation(0, 2), 2))
                    .isInstanceOf(EventStoreException.class)
                    .hasMessageContaining("position 1 ");
            assertThat(log.state()).isEqualTo(seen);
        }
    }
}
