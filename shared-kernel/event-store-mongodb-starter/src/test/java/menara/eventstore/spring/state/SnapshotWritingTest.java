package menara.eventstore.spring.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import menara.eventstore.mongodb.snapshots.MongoSnapshots;
import menara.eventstore.spring.StateForm;
import org.junit.jupiter.api.Test;

/** Writing a snapshot may hang, fail or be broken off: no command waits for it or is refused, and no state is another one for that. */
class SnapshotWritingTest extends CountingTest {

    @Test
    void who_is_killed_between_reading_and_keeping_leaves_nothing_behind() throws InterruptedException {
        var killed = new CountDownLatch(1);
        var writing = new CountDownLatch(1);
        try (var first = start(new Hooked(() -> {
            writing.countDown();
            awaitKill(killed);
        }))) {
            first.add("a", 0, 20);
            assertThat(first.load("a")).isEqualTo(counted(0, 20));
            writing.await();
        }
        killed.countDown();

        try (var second = start()) {
            assertThat(second.load("a")).isEqualTo(counted(0, 20));
            assertThat(second.eventsRead()).isEqualTo(20);
        }
    }

    private static void awaitKill(CountDownLatch killed) {
        try {
            killed.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("killed", e);
        }
    }

    /** Does something before a state is written. */
    private record Hooked(Runnable before) implements StateForm<String, Counter> {

        @Override
        public String revision() {
            return "1";
        }

        @Override
        public Optional<String> name(String counter) {
            return Optional.of(counter);
        }

        @Override
        public byte[] bytes(Counter counter) {
            before.run();
            return new CounterForm("1").bytes(counter);
        }

        @Override
        public Counter state(byte[] bytes) {
            return new CounterForm("1").state(bytes);
        }
    }

    @Test
    void no_command_waits_for_a_snapshot_that_is_being_written() {
        var done = new CountDownLatch(1);
        try (var instance = start(new Hooked(() -> awaitKill(done)))) {
            var model = Counter.NONE;
            for (int i = 0; i < 20; i++) {
                for (var counter : List.of("a", "b", "c", "d", "e", "f", "g")) {
                    instance.add(counter, i * KEEP_AFTER, KEEP_AFTER);
                    instance.load(counter);
                }
                model = counted(model, i * KEEP_AFTER, KEEP_AFTER);
                assertThat(instance.load("a")).isEqualTo(model);
            }
            done.countDown();
        }
    }

    @Test
    void a_form_that_fails_is_said_once_and_refuses_no_command() {
        try (var instance = start(new Hooked(() -> {
            throw new IllegalStateException("no ink");
        }))) {
            for (int i = 0; i < 3; i++) {
                instance.add("a", i * KEEP_AFTER, KEEP_AFTER);
                assertThat(instance.load("a")).isEqualTo(counted(0, (i + 1) * KEEP_AFTER));
            }
            await().atMost(LIMIT).until(() -> !said.list.isEmpty());
        }

        assertThat(said.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage()).contains("cannot keep", "Counter"));
        assertThat(kept("a")).isEmpty();
    }

    @Test
    void a_state_that_is_too_large_for_a_snapshot_is_said_once_and_folded_whole() throws InterruptedException {
        // One after the other is written: when the third begins, all is said about the first two.
        var written = new CountDownLatch(3);
        var form = new StateForm<String, Counter>() {
            @Override
            public String revision() {
                return "1";
            }

            @Override
            public Optional<String> name(String counter) {
                return Optional.of(counter);
            }

            @Override
            public byte[] bytes(Counter counter) {
                written.countDown();
                return new byte[MongoSnapshots.MAX_STATE_BYTES + 1];
            }

            @Override
            public Counter state(byte[] bytes) {
                throw new IllegalStateException("none was kept");
            }
        };
        try (var first = start(form)) {
            for (var counter : List.of("a", "b", "c")) {
                first.add(counter, 0, 20);
                first.load(counter);
            }
            assertThat(written.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }

        assertThat(said.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage()).contains("Counter a", "at most"));
        assertThat(kept("a")).isEmpty();
        try (var second = start(form)) {
            assertThat(second.load("a")).isEqualTo(counted(0, 20));
            assertThat(second.eventsRead()).isEqualTo(20);
        }
    }
}
