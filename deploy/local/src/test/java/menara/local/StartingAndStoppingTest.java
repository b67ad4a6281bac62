package menara.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartingAndStoppingTest {

    @TempDir
    Path directory;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private State state;
    private Running running;
    private Starter starter;
    private Part store;
    private Part service;

    @BeforeEach
    void state() throws Exception {
        state = new State(directory.resolve("a state"));
        state.open();
        running = new Running(state, Duration.ofSeconds(10));
        starter = new Starter(state, running, new Console(new PrintStream(said, true, StandardCharsets.UTF_8)));
        store = fake("store", 0);
        service = fake("service", 1);
    }

    @AfterEach
    void nothing_is_left() throws Exception {
        new Running(state, Duration.ofMillis(100)).stop(List.of(store, service));
    }

    @Test
    void parts_start_become_ready_and_stop_without_a_trace() throws Exception {
        starter.start(List.of(store, service));
        ProcessHandle process = running.process(service).orElseThrow();
        assertThat(said.toString(StandardCharsets.UTF_8))
                .containsSubsequence("store", "ready after", "service", "ready after");

        assertThat(running.stop(List.of(store, service))).containsExactly("service", "store");
        assertThat(process.isAlive()).isFalse();
        assertThat(state.records()).isEmptyDirectory();
        assertThat(running.stop(List.of(store, service))).isEmpty();
    }

    @Test
    void what_runs_already_is_left_alone() throws Exception {
        starter.start(List.of(store, service));
        long pid = running.process(service).orElseThrow().pid();
        starter.start(List.of(store, service));
        assertThat(running.process(service).orElseThrow().pid()).isEqualTo(pid);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("runs already (pid " + pid + ")");
    }

    @Test
    void a_taken_port_is_named_with_the_variable_that_moves_it_and_nothing_is_started() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            Part blocked = FakePart.part("blocked", 1, port, Integer.toString(port));
            assertThatThrownBy(() -> starter.start(List.of(store, blocked)))
                    .isInstanceOf(LauncherFailure.class)
                    .hasMessageContainingAll("Port " + port, "blocked", "MENARA_BLOCKED_PORT=");
        }
        assertThat(running.process(store)).isEmpty();
    }

    @Test
    void a_part_that_dies_is_reported_with_the_end_of_its_log_and_the_others_are_stopped() throws Exception {
        Part dying = FakePart.part("dying", 1, FakePart.freePort(), "die", "the roof is on fire");
        assertThatThrownBy(() -> starter.start(List.of(store, dying)))
                .isInstanceOf(LauncherFailure.class)
                .hasMessageContainingAll("dying", "exit code 42", "the roof is on fire", "./menara logs dying");
        assertThat(running.process(store)).isEmpty();
    }

    @Test
    void a_part_that_is_never_ready_is_reported_and_stopped() throws Exception {
        Part slow = FakePart.part("slow", 0, FakePart.freePort(), Duration.ofMillis(700), "never");
        assertThatThrownBy(() -> starter.start(List.of(slow)))
                .isInstanceOf(LauncherFailure.class)
                .hasMessageContainingAll("slow was not ready and did nothing", "MENARA_START_LIMIT_SECONDS");
        assertThat(running.process(slow)).isEmpty();
    }

    @Test
    void a_part_that_is_slow_but_works_is_waited_for() throws Exception {
        int port = FakePart.freePort();
        Part busy = FakePart.part("busy", 0, port, Duration.ofSeconds(1), "busy", Integer.toString(port));
        starter.start(List.of(busy));
        assertThat(running.process(busy)).isPresent();
        running.stop(List.of(busy));
    }

    @Test
    void a_part_that_was_stopped_while_it_started_is_no_failure_of_its_own() throws Exception {
        Part slow = FakePart.part("slow", 0, FakePart.freePort(), Duration.ofMinutes(1), "never");
        Thread stop = Thread.ofVirtual().start(() -> {
            try {
                while (running.process(slow).isEmpty()) {
                    Thread.sleep(Duration.ofMillis(20));
                }
                starter.cancel();
                running.stop(List.of(slow));
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThatThrownBy(() -> starter.start(List.of(slow))).isInstanceOf(InterruptedException.class);
        stop.join();
    }

    @Test
    void a_part_that_ignores_the_polite_request_is_killed() throws Exception {
        int port = FakePart.freePort();
        Part stubborn = FakePart.part("stubborn", 0, port, "stubborn", Integer.toString(port));
        starter.start(List.of(stubborn));
        ProcessHandle process = running.process(stubborn).orElseThrow();
        assertThat(new Running(state, Duration.ofMillis(500)).stop(List.of(stubborn)))
                .containsExactly("stubborn");
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void a_stale_record_of_a_reused_process_id_harms_nobody() throws Exception {
        Process bystander = new ProcessBuilder("sleep", "60").start();
        try {
            new ProcessRecord("store", bystander.pid(), Instant.now().minusSeconds(3_600)).write(state);
            assertThat(running.process(store)).isEmpty();
            starter.start(List.of(store));
            running.stop(List.of(store));
            assertThat(bystander.isAlive()).isTrue();
        } finally {
            bystander.destroyForcibly();
        }
    }

    @Test
    void an_unreadable_record_counts_as_none() throws Exception {
        Files.writeString(state.records().resolve("store.pid"), "half a rec");
        assertThat(running.process(store)).isEmpty();
        starter.start(List.of(store));
        assertThat(running.process(store)).isPresent();
    }

    @Test
    void a_part_gets_its_environment_and_none_of_ours() throws Exception {
        starter.start(List.of(store));
        assertThat(Files.readString(state.log("store"))).contains("MENARA_LEAKED is null", "GIVEN is given");
    }

    @Test
    void what_the_previous_run_said_is_kept() throws Exception {
        starter.start(List.of(store));
        running.stop(List.of(store));
        starter.start(List.of(store));
        assertThat(state.log("store")).content().containsSubsequence("serving", "--- started", "serving");
    }

    @Test
    void a_log_is_put_aside_under_a_part_that_goes_on_writing() throws Exception {
        int port = FakePart.freePort();
        Part busy = FakePart.part("busy", 0, port, "busy", Integer.toString(port));
        var logs = new LogFiles(state, 100, 2);
        Thread starting = Thread.ofVirtual().start(() -> {
            try {
                starter.start(List.of(busy));
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        while (!Files.exists(state.log("busy.1"))) {
            assertThat(starting.isAlive() || running.process(busy).isPresent()).isTrue();
            logs.bound("busy");
            Thread.onSpinWait();
        }
        starting.join();
        running.stop(List.of(busy));
        assertThat(state.log("busy.1")).content().contains("migrating 0");
        assertThat(state.log("busy")).content().contains("migrating", "serving").doesNotContain("\0", "migrating 0\n");
    }

    @Test
    void nothing_is_started_while_somebody_stops() throws Exception {
        state.beginStopping();
        assertThatThrownBy(() -> starter.start(List.of(store, service)))
                .isInstanceOf(LauncherFailure.class)
                .hasMessageContaining("Menara is being stopped");
        assertThat(running.process(store)).isEmpty();
    }

    @Test
    void a_start_is_given_up_when_somebody_stops() throws Exception {
        Part slow = FakePart.part("slow", 0, FakePart.freePort(), Duration.ofMinutes(1), "never");
        Thread stop = Thread.ofVirtual().start(() -> {
            try {
                while (running.process(slow).isEmpty()) {
                    Thread.sleep(Duration.ofMillis(20));
                }
                state.beginStopping();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThatThrownBy(() -> starter.start(List.of(slow)))
                .isInstanceOf(LauncherFailure.class)
                .hasMessageContaining("Menara is being stopped");
        stop.join();
        assertThat(running.process(slow)).isEmpty();
    }

    @Test
    void down_waits_for_whoever_starts_things_before_it_ends_anything() throws Exception {
        starter.start(List.of(store));
        ProcessHandle supervisor = running.process(store).orElseThrow();
        ProcessRecord.of(Supervisor.NAME, supervisor).write(state);
        Thread down;
        try (var _ = state.lock(Duration.ZERO)) {
            down = Thread.ofPlatform().start(() -> {
                try {
                    new Down(Settings.of(directory, Map.of()), state).stop();
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            while (!state.isStopping()) {
                assertThat(down.isAlive()).isTrue();
                Thread.sleep(Duration.ofMillis(20));
            }
            assertThat(supervisor.isAlive()).isTrue();
        }
        down.join(Duration.ofSeconds(30));
        assertThat(supervisor.isAlive()).isFalse();
        assertThat(state.isStopping()).isFalse();
    }

    @Test
    void a_part_that_the_supervisor_has_started_is_stopped_in_its_turn_and_named() throws Exception {
        Part supervisor = new Part(
                Supervisor.NAME,
                9,
                List.of(),
                new Readiness.Running(),
                Duration.ofSeconds(30),
                () -> new Part.Program(List.of("/bin/sh", "-c", "sleep 300 & wait"), Map.of()));
        starter.start(List.of(store, supervisor));
        ProcessHandle started = awaitChild(running.process(supervisor).orElseThrow());
        Part again = fake("again", 1);
        ProcessRecord.of(again.name(), started).write(state);
        assertThat(running.stop(List.of(store, again, supervisor)))
                .containsExactly(Supervisor.NAME, again.name(), store.name());
        assertThat(started.isAlive()).isFalse();
    }

    private static ProcessHandle awaitChild(ProcessHandle parent) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (parent.children().findFirst().isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(Duration.ofMillis(20));
        }
        return parent.children().findFirst().orElseThrow();
    }

    private static Part fake(String name, int stage) throws Exception {
        int port = FakePart.freePort();
        return FakePart.part(name, stage, port, Integer.toString(port));
    }
}
