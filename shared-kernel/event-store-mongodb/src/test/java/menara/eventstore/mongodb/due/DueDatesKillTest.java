package menara.eventstore.mongodb.due;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import menara.embeddedmongodb.EmbeddedMongoServer;
import menara.eventstore.mongodb.FaultyProxy;
import menara.eventstore.mongodb.FaultyProxy.Fault;
import menara.eventstore.mongodb.TestClock;
import org.bson.Document;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever plans work dies after each of its writes in turn, and others look for due work meanwhile: it is found all the same. */
class DueDatesKillTest {

    private static final Set<String> WRITES = Set.of("update", "findAndModify", "insert", "delete");
    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
    private static final int MORE_WRITES_THAN_THERE_ARE = 20;

    @AutoClose
    private final EmbeddedMongoServer server = EmbeddedMongoServer.inMemory();

    @AutoClose
    private final FaultyProxy proxy = new FaultyProxy(server.port());

    @AutoClose
    private final MongoClient mortal = MongoClients.create(proxy.connectionString());

    @AutoClose
    private final MongoClient direct = MongoClients.create(server.connectionString());

    private final TestClock clock = new TestClock();

    DueDatesKillTest() throws IOException {}

    private MongoDueDates dueDates(MongoClient through) {
        return new MongoDueDates(through.getDatabase("test"), "due", Duration.ofMinutes(1), clock);
    }

    /** @return whether it lived to the end of it */
    private boolean scheduleAndDieAfter(int writes, Instant dueAt) {
        var left = new AtomicInteger(writes);
        proxy.inject(command -> WRITES.contains(command) && left.getAndDecrement() <= 0 ? Fault.LOST_BEFORE : null);
        try {
            dueDates(mortal).schedule("clear", "invoice", dueAt, "new");
            return true;
        } catch (MongoException e) {
            return false;
        } finally {
            proxy.inject(_ -> null);
        }
    }

    private Set<Instant> takenWithin(Duration time) {
        var taken = new HashSet<Instant>();
        var others = dueDates(direct);
        var end = clock.instant().plus(time);
        while (clock.instant().isBefore(end)) {
            others.take().ifPresent(due -> {
                taken.add(due.dueAt());
                others.complete(due);
            });
            clock.advance(Duration.ofMinutes(30));
        }
        return taken;
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, 3, 30})
    void work_that_is_moved_is_due_at_its_old_date_or_its_new_one_whenever_its_planner_dies(int movedByHours) {
        boolean lived = false;
        for (int writes = 0; !lived; writes++) {
            assertThat(writes).isLessThan(MORE_WRITES_THAN_THERE_ARE);
            var planned = clock.instant().plus(Duration.ofHours(2));
            var moved = planned.plus(Duration.ofHours(movedByHours));
            dueDates(direct).schedule("clear", "invoice", planned, "old");

            lived = scheduleAndDieAfter(writes, moved);

            assertThat(takenWithin(Duration.ofHours(36)))
                    .as("killed after %d writes", writes)
                    .hasSize(1)
                    .isSubsetOf(lived ? List.of(moved) : List.of(planned, moved));
        }
    }

    /** The hour is full of entries that count no more, so that another part of it is begun. */
    @Test
    void work_that_is_moved_to_a_part_of_its_own_is_due_whenever_its_planner_dies() {
        boolean lived = false;
        for (int writes = 0; !lived; writes++) {
            assertThat(writes).isLessThan(MORE_WRITES_THAN_THERE_ARE);
            var planned = clock.instant().plus(Duration.ofHours(2));
            var moved = planned.plus(Duration.ofHours(3));
            dueDates(direct).schedule("clear", "invoice", planned, "old");
            fill(moved);

            lived = scheduleAndDieAfter(writes, moved);

            assertThat(takenWithin(Duration.ofHours(36)))
                    .as("killed after %d writes", writes)
                    .hasSize(1)
                    .isSubsetOf(lived ? List.of(moved) : List.of(planned, moved));
        }
    }

    private void fill(Instant at) {
        var strangers = IntStream.range(0, DueBuckets.MAX_ENTRIES)
                .mapToObj(i -> at.toEpochMilli() + "|token|fill/" + i)
                .toList();
        direct.getDatabase("test")
                .getCollection("due_hours")
                .insertOne(new Document("_id", DueBuckets.id(at.toEpochMilli() / HOUR_MILLIS, 0))
                        .append("entries", strangers)
                        .append("n", strangers.size()));
    }

    /** Between its writes the one who plans hangs, and a poller looks at what is due already. */
    @Test
    void work_that_is_due_at_once_is_found_when_others_looked_while_it_was_planned() {
        var others = dueDates(direct);
        proxy.inject(command -> {
            if (WRITES.contains(command)) {
                assertThat(others.take()).isEmpty();
            }
            return null;
        });

        dueDates(mortal).schedule("clear", "invoice", clock.instant(), "");
        proxy.inject(_ -> null);

        assertThat(others.take()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void what_a_dead_planner_left_is_swept_in_time(int writes) {
        assertThat(scheduleAndDieAfter(writes, clock.instant())).isFalse();

        takenWithin(Duration.ofHours(DueBuckets.HOURS_KEPT + 3));

        assertThat(direct.getDatabase("test").getCollection("due").countDocuments())
                .isZero();
        assertThat(direct.getDatabase("test").getCollection("due_hours").countDocuments())
                .as("the directory alone")
                .isOne();
    }
}
