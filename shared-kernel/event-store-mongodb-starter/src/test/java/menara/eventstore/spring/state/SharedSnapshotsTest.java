package menara.eventstore.spring.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import menara.eventstore.mongodb.Limits;
import org.junit.jupiter.api.Test;

/** Processes that keep snapshots of the same states, at once or one after the other, see each state as its events say. */
class SharedSnapshotsTest extends CountingTest {

    /** It polls so rarely that it does not hear of what the other one appends. */
    @Test
    void a_snapshot_that_is_ahead_of_what_a_process_has_seen_is_not_folded_twice() {
        var deaf = new Limits(
                Limits.DEFAULT.maxCommitBytes(),
                Limits.DEFAULT.maxCommitEvents(),
                Limits.DEFAULT.maxQueuedBytes(),
                Limits.DEFAULT.recentCommitsBytes(),
                Duration.ofHours(1),
                Duration.ofHours(1),
                Limits.DEFAULT.callTimeout(),
                Limits.DEFAULT.outcomeTimeout());
        try (var other = start(new CounterForm("1"), deaf)) {
            countTwenty("a");

            assertThat(other.load("a")).isEqualTo(counted(0, 15)); // as far as the snapshot goes
            assertThat(other.head()).isZero();
            other.refresh();

            assertThat(other.load("a")).isEqualTo(counted(0, 20));
            other.add("a", 20, 1);
            assertThat(other.load("a")).isEqualTo(counted(0, 21));
        }
    }

    @Test
    void of_two_processes_that_keep_at_once_the_one_who_read_further_stays() {
        for (int round = 0; round < 10; round++) {
            var counter = "round-" + round;
            try (var one = start();
                    var other = start();
                    var pool = Executors.newFixedThreadPool(2)) {
                one.add(counter, 0, 30);
                other.refresh();
                long end = one.head();
                var loads = List.of(pool.submit(() -> one.load(counter)), pool.submit(() -> other.load(counter)));
                loads.forEach(load -> assertThat(join(load)).isEqualTo(counted(0, 30)));
                awaitKept(counter, end);
            }
            try (var next = start()) {
                assertThat(next.load(counter)).isEqualTo(counted(0, 30));
                assertThat(next.eventsRead()).isZero();
            }
        }
        assertThat(said.list).isEmpty();
    }

    private static Counter join(Future<Counter> loaded) {
        try {
            return loaded.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Processes of two revisions come and go; whichever loads a counter sees all of it. */
    @Test
    void random_histories_over_many_starts_are_never_seen_otherwise() {
        long seed = Long.getLong("menara.seed", System.nanoTime());
        System.out.println("SharedSnapshotsTest: -Dmenara.seed=" + seed);
        var random = new SplittableRandom(seed);
        var model = new HashMap<String, Counter>();
        var running = new ArrayList<CountingInstance>();
        int saved = 0;
        int events = 0;
        try {
            for (int step = 0; step < 150; step++) {
                if (running.size() < 2 || random.nextInt(10) == 0) {
                    running.add(start(new CounterForm(Integer.toString(random.nextInt(2)))));
                }
                if (running.size() > 2) {
                    running.remove(random.nextInt(running.size())).close();
                }
                var instance = running.get(random.nextInt(running.size()));
                var counter = "c" + random.nextInt(3);
                int count = random.nextInt(KEEP_AFTER);
                if (count > 0) {
                    instance.add(counter, step, count);
                    model.put(counter, counted(model.getOrDefault(counter, Counter.NONE), step, count));
                    events += count;
                }
                var reader = running.get(random.nextInt(running.size()));
                reader.refresh();
                reader.eventsRead();
                assertThat(reader.load(counter))
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(model.getOrDefault(counter, Counter.NONE));
                saved += model.getOrDefault(counter, Counter.NONE).events() - reader.eventsRead();
            }
        } finally {
            running.forEach(CountingInstance::close);
        }
        assertThat(saved).isGreaterThan(events);
    }
}
