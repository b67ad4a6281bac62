package menara.eventstore.mongodb.read;

import static menara.eventstore.mongodb.TestEvents.CONVERTER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import menara.eventstore.mongodb.Limits;
import menara.eventstore.mongodb.LogListener;
import menara.eventstore.mongodb.MongoEventStorageEngine;
import menara.eventstore.mongodb.ReadStrategy;
import menara.eventstore.mongodb.TestDatabase;
import menara.eventstore.mongodb.TestEvents;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.GenericTaggedEventMessage;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Criteria of every shape mean what Axon's {@code matches} says: when events are sourced, when a condition is held against the log,
 * and when it is held against the others of the same commit; in memory and in the database, with both ways to read it.
 * {@code -Dmenara.criteria.questions=10000} makes it long.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CriteriaTest {

    private static final List<QualifiedName> TYPES = IntStream.range(0, 4)
            .mapToObj(number -> new QualifiedName("menara.test", "Happened" + number))
            .toList();

    private static final List<Tag> TAGS = Stream.of("meter", "contract", "hall")
            .flatMap(key -> Stream.of(new Tag(key, "1"), new Tag(key, "22"), new Tag(key, "")))
            .toList();

    /** More than a block of the tag index, so that it takes part, and its end too. */
    private static final int EVENTS = TagIndex.BLOCK + 700;

    private static final int EVENTS_PER_COMMIT = 150;
    private static final int QUESTIONS = Integer.getInteger("menara.criteria.questions", 20);
    private static final int BATCHES = Integer.getInteger("menara.criteria.batches", 10);
    private static final int BATCH = 6;

    @AutoClose
    private final TestDatabase mongo = new TestDatabase();

    private Random random = new Random();

    record Way(ReadStrategy strategy, long recentBytes) {}

    static Stream<Way> ways() {
        return Stream.of(ReadStrategy.POINT_READS, ReadStrategy.INDEXED)
                .flatMap(strategy ->
                        Stream.of(new Way(strategy, Limits.DEFAULT.recentCommitsBytes()), new Way(strategy, 0)));
    }

    @BeforeEach
    void seed() {
        long seed = Long.getLong("menara.seed", System.nanoTime());
        System.out.println("CriteriaTest: -Dmenara.seed=" + seed);
        random = new Random(seed);
    }

    private MongoEventStorageEngine engine(Way way, LogListener listener) {
        return MongoEventStorageEngine.builder(mongo.database(), CONVERTER)
                .log("log_" + UUID.randomUUID()) // not of the seed: each test begins with an empty log
                .readStrategy(way.strategy())
                .limits(Limits.DEFAULT.withRecentCommitsBytes(way.recentBytes()))
                .listener(listener)
                .open();
    }

    private record Happened(EventMessage event, Set<Tag> tags) {

        TaggedEventMessage<?> tagged() {
            return new GenericTaggedEventMessage<>(event, tags);
        }

        boolean isMeantBy(EventCriteria criteria) {
            return criteria.matches(event.type().qualifiedName(), tags);
        }
    }

    private Happened happened() {
        var type = new MessageType(one(TYPES), "1");
        return new Happened(TestEvents.event(type, "x"), some(TAGS, 3));
    }

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private <T> Set<T> some(List<T> all, int most) {
        var chosen = new HashSet<T>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            chosen.add(one(all));
        }
        return chosen;
    }

    private EventCriteria criteria(int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 8)) {
            case 0 -> EventCriteria.havingAnyTag();
            case 1 -> EventCriteria.havingAnyTag().andBeingOneOfTypes(some(TYPES, 2));
            case 2 -> EventCriteria.havingTags(some(TAGS, 2));
            case 3 -> EventCriteria.havingTags(some(TAGS, 2)).andBeingOneOfTypes(some(TYPES, 2));
            case 4 -> {
                var one = criteria(depth - 1);
                var other = criteria(depth - 1);
                yield one.equals(other) ? one : one.or(other); // Axon joins no two that are the same
            }
            default -> {
                Collection<EventCriteria> either = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    either.add(criteria(depth - 1));
                }
                yield EventCriteria.either(either);
            }
        };
    }

    @ParameterizedTest
    @MethodSource("ways")
    void what_is_sourced_and_what_conflicts_is_what_axon_says(Way way) throws Exception {
        try (var engine = engine(way, LogListener.NONE)) {
            var log = fill(engine);
            for (int i = 0; i < QUESTIONS; i++) {
                var criteria = criteria(2);
                var meant = log.stream()
                        .filter(happened -> happened.isMeantBy(criteria))
                        .map(happened -> happened.event().identifier())
                        .toList();

                assertThat(TestEvents.source(engine, criteria).events())
                        .as("%s", criteria)
                        .extracting(EventMessage::identifier)
                        .isEqualTo(meant);

                int marker = log.size() - random.nextInt(1 + random.nextInt(log.size()));
                boolean conflict =
                        log.subList(marker, log.size()).stream().anyMatch(later -> later.isMeantBy(criteria));
                var next = happened();
                assertThat(isRefused(append(engine, criteria, marker, next)))
                        .as("%s at %d of %d", criteria, marker, log.size())
                        .isEqualTo(conflict);
                if (!conflict) {
                    log.add(next);
                }
            }
        }
    }

    private List<Happened> fill(MongoEventStorageEngine engine) throws InterruptedException, ExecutionException {
        var log = new ArrayList<Happened>();
        while (log.size() < EVENTS) {
            var commit =
                    Stream.generate(this::happened).limit(EVENTS_PER_COMMIT).toList();
            TestEvents.append(
                    engine,
                    AppendCondition.none(),
                    new ArrayList<>(commit.stream().map(Happened::tagged).toList()));
            log.addAll(commit);
        }
        return log;
    }

    private static CompletableFuture<ConsistencyMarker> append(
            MongoEventStorageEngine engine, EventCriteria criteria, long marker, Happened happened) {
        return engine.appendEvents(
                        AppendCondition.withCriteria(criteria).withMarker(new GlobalIndexConsistencyMarker(marker)),
                        null,
                        List.of(happened.tagged()))
                .thenCompose(TestEvents::finish);
    }

    private static boolean isRefused(CompletableFuture<ConsistencyMarker> append) throws InterruptedException {
        try {
            append.get();
            return false;
        } catch (ExecutionException e) {
            assertThat(TestEvents.isConflict(e)).as("%s", e).isTrue();
            return true;
        }
    }

    /** While one holds the turn, the others queue, and travel in one commit. */
    @ParameterizedTest
    @MethodSource("ways")
    void in_one_commit_each_condition_is_held_against_those_before_it_as_axon_says(Way way) throws Exception {
        for (int batch = 0; batch < BATCHES; batch++) {
            var turn = new Turn();
            try (var engine = engine(way, turn)) {
                var holder = CompletableFuture.supplyAsync(() -> appendUnconditionally(engine));
                assertThat(turn.taken.await(10, TimeUnit.SECONDS)).isTrue();
                var conditions = new ArrayList<EventCriteria>();
                var events = new ArrayList<Happened>();
                var answers = new ArrayList<CompletableFuture<ConsistencyMarker>>();
                for (int i = 0; i < BATCH; i++) {
                    conditions.add(criteria(2));
                    events.add(happened());
                    answers.add(append(engine, conditions.getLast(), engine.head(), events.getLast()));
                }
                turn.released.countDown();
                holder.get();

                var accepted = new ArrayList<Happened>();
                for (int i = 0; i < BATCH; i++) {
                    var criteria = conditions.get(i);
                    boolean conflict = accepted.stream().anyMatch(before -> before.isMeantBy(criteria));
                    assertThat(isRefused(answers.get(i))).as("%s", criteria).isEqualTo(conflict);
                    if (!conflict) {
                        accepted.add(events.get(i));
                    }
                }
            }
        }
    }

    private static ConsistencyMarker appendUnconditionally(MongoEventStorageEngine engine) {
        return engine.appendEvents(AppendCondition.none(), null, List.of(TestEvents.tagged("x")))
                .thenCompose(TestEvents::finish)
                .join();
    }

    /** Whoever has just written a commit tells its listener before it gives the turn on. */
    private static final class Turn implements LogListener {

        private final CountDownLatch taken = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        @Override
        public void committed(int transactions, int events, long bytes, long nanos) {
            taken.countDown();
            try {
                assertThat(released.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
