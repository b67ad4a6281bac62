package menara.eventstore.mongodb.due;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import menara.eventstore.mongodb.TestClock;
import menara.eventstore.mongodb.TestDatabase;
import menara.eventstore.mongodb.due.MongoDueDates.Taken;
import org.bson.Document;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class MongoDueDatesTest {

    private static final Duration CLAIM = Duration.ofMinutes(1);

    @AutoClose
    private final TestDatabase mongo = new TestDatabase();

    private final TestClock clock = new TestClock();
    private final MongoDueDates dueDates = new MongoDueDates(mongo.database(), "due", CLAIM, clock);

    private List<Taken> takeAll() {
        return takeAll(dueDates);
    }

    private static List<Taken> takeAll(MongoDueDates from) {
        var taken = new ArrayList<Taken>();
        for (var next = from.take(); next.isPresent(); next = from.take()) {
            taken.add(next.get());
        }
        return taken;
    }

    private static List<String> ids(List<Taken> taken) {
        return taken.stream().map(Taken::id).toList();
    }

    @Test
    void work_is_given_out_when_it_is_due_and_not_before() {
        dueDates.schedule("expire", "late", clock.instant().plus(Duration.ofHours(3)), "{}");
        dueDates.schedule("expire", "soon", clock.instant().plus(Duration.ofMinutes(5)), "{\"a\":1}");

        assertThat(takeAll()).isEmpty();
        clock.advance(Duration.ofMinutes(5));

        assertThat(takeAll()).singleElement().satisfies(due -> {
            assertThat(due.id()).isEqualTo("soon");
            assertThat(due.payload()).isEqualTo("{\"a\":1}");
            assertThat(due.dueAt()).isEqualTo(clock.instant());
        });
        clock.advance(Duration.ofHours(3));
        assertThat(ids(takeAll())).containsExactly("soon", "late"); // the claim on the first has lapsed
    }

    @Test
    void what_is_overdue_longest_comes_first() {
        dueDates.schedule("expire", "b", clock.instant().minus(Duration.ofDays(1)), "");
        dueDates.schedule("expire", "a", clock.instant().minus(Duration.ofDays(2)), "");
        dueDates.schedule("expire", "c", clock.instant(), "");

        assertThat(ids(takeAll())).containsExactly("a", "b", "c");
    }

    @Test
    void completed_work_never_comes_again() {
        dueDates.schedule("expire", "x", clock.instant(), "");
        var due = takeAll().getFirst();

        assertThat(dueDates.complete(due)).isTrue();

        clock.advance(CLAIM.plusSeconds(1));
        assertThat(takeAll()).isEmpty();
        assertThat(dueDates.complete(due)).isFalse();
    }

    @Test
    void work_of_a_dead_process_is_given_to_another() {
        dueDates.schedule("expire", "x", clock.instant(), "");
        var dead = takeAll().getFirst();
        var afterRestart = new MongoDueDates(mongo.database(), "due", CLAIM, clock);

        assertThat(takeAll(afterRestart)).isEmpty();
        clock.advance(CLAIM);
        assertThat(ids(takeAll(afterRestart))).containsExactly("x");
        assertThat(dueDates.complete(dead)).isFalse();
    }

    @Test
    void scheduling_again_moves_the_date_even_of_work_in_progress() {
        dueDates.schedule("expire", "x", clock.instant(), "first");
        var first = takeAll().getFirst();
        dueDates.schedule("expire", "x", clock.instant().plus(Duration.ofHours(2)), "second");

        assertThat(dueDates.complete(first)).isFalse();
        assertThat(takeAll()).isEmpty();
        clock.advance(Duration.ofHours(2));
        assertThat(takeAll()).singleElement().extracting(Taken::payload).isEqualTo("second");
    }

    @Test
    void scheduling_the_same_twice_is_one_piece_of_work() {
        dueDates.schedule("expire", "x", clock.instant(), "");
        dueDates.schedule("expire", "x", clock.instant(), "");

        assertThat(takeAll()).hasSize(1);
    }

    @Test
    void cancelled_work_is_not_given_out() {
        dueDates.schedule("expire", "x", clock.instant().plusSeconds(1), "");

        assertThat(dueDates.cancel("expire", "x")).isTrue();

        clock.advance(Duration.ofDays(1));
        assertThat(takeAll()).isEmpty();
        assertThat(dueDates.cancel("expire", "x")).isFalse();
        assertThat(dueDates.dueAt("expire", "x")).isEmpty();
    }

    @Test
    void released_work_is_due_at_once() {
        dueDates.schedule("expire", "x", clock.instant(), "");
        dueDates.release(takeAll().getFirst());

        assertThat(takeAll()).hasSize(1);
    }

    @Test
    void hours_that_are_over_and_done_leave_nothing_behind() {
        for (int i = 0; i < 30; i++) {
            dueDates.schedule("expire", "x" + i, clock.instant().plus(Duration.ofHours(i)), "");
        }
        for (int i = 0; i < 60; i++) {
            takeAll().forEach(dueDates::complete);
            clock.advance(Duration.ofHours(1));
        }
        takeAll();

        assertThat(mongo.database().getCollection("due").countDocuments()).isZero();
        var directory = mongo.database()
                .getCollection("due_hours")
                .find(new Document("_id", "hours"))
                .first();
        assertThat(directory).isNotNull();
        assertThat(directory.getList("hours", Number.class)).isEmpty();
        assertThat(mongo.database().getCollection("due_hours").countDocuments()).isOne();
    }

    @Test
    void many_pollers_do_each_piece_of_work_once() throws InterruptedException, ExecutionException {
        int pieces = 300;
        for (int i = 0; i < pieces; i++) {
            dueDates.schedule("expire", "x" + i, Instant.EPOCH, "");
        }
        Callable<List<String>> poller = () -> {
            var own = new MongoDueDates(mongo.database(), "due", CLAIM, clock);
            var done = new ArrayList<String>();
            for (var next = own.take(); next.isPresent(); next = own.take()) {
                if (own.complete(next.get())) {
                    done.add(next.get().id());
                }
            }
            return done;
        };
        var all = new ArrayList<String>();
        try (var pool = Executors.newFixedThreadPool(8)) {
            for (var done : pool.invokeAll(List.of(poller, poller, poller, poller, poller, poller, poller, poller))) {
                all.addAll(done.get());
            }
        }

        assertThat(all).hasSize(pieces);
        assertThat(new HashSet<>(all)).hasSize(pieces);
        assertThat(dueDates.size()).isZero();
    }
}
