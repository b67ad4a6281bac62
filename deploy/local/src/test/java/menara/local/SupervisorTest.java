package menara.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private State state;
    private Running running;
    private Console console;
    private Part part;
    private Supervisor supervisor;
    private Thread watching;

    @BeforeEach
    void a_part_that_is_looked_after() throws Exception {
        state = new State(directory.resolve("state"));
        state.open();
        running = new Running(state, Duration.ofSeconds(10));
        console = new Console(new PrintStream(said, true, StandardCharsets.UTF_8));
        int port = FakePart.freePort();
        part = FakePart.part("service", 1, port, Integer.toString(port));
        new Starter(state, running, console).start(List.of(part));
        supervisor = new Supervisor(state, running, console);
        watching = Thread.ofPlatform().start(() -> {
            try {
                supervisor.watch(List.of(part), Set.of());
            } catch (IOException | InterruptedException e) {
                said.writeBytes(e.toString().getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    @AfterEach
    void nothing_is_left() throws Exception {
        supervisor.cancel();
        watching.join(LIMIT);
        new Running(state, Duration.ofMillis(100)).stop(List.of(part));
    }

    @Test
    void what_dies_is_started_again_and_each_time_after_a_longer_pause() throws Exception {
        for (String pause : List.of("1.0 s", "2.0 s")) {
            var died = running.process(part).orElseThrow();
            died.destroyForcibly();
            died.onExit().get(10, TimeUnit.SECONDS);
            await(() -> running.process(part)
                            .filter(process -> process.pid() != died.pid())
                            .isPresent()
                    && part.readiness().ready());
            assertThat(said.toString(StandardCharsets.UTF_8))
                    .contains("has ended, is started again in " + pause, "./menara logs service");
        }
    }

    @Test
    void one_that_cannot_start_keeps_no_other_waiting() throws Exception {
        Part broken = FakePart.part("broken", 1, FakePart.freePort(), "die", "the roof is on fire");
        ProcessRecord.ended("broken").write(state);
        var both = new Supervisor(state, running, console);
        supervisor.cancel();
        watching.join(LIMIT);
        watching = Thread.ofPlatform().start(() -> {
            try {
                both.watch(List.of(broken, part), Set.of());
            } catch (IOException | InterruptedException e) {
                said.writeBytes(e.toString().getBytes(StandardCharsets.UTF_8));
            }
        });
        try {
            await(() -> said.toString(StandardCharsets.UTF_8)
                    .contains("broken        has ended, is started again in 4.0 s"));
            var died = running.process(part).orElseThrow();
            died.destroyForcibly();
            died.onExit().get(10, TimeUnit.SECONDS);
            await(() -> running.process(part)
                    .filter(process -> process.pid() != died.pid())
                    .isPresent());
            assertThat(said.toString(StandardCharsets.UTF_8)).doesNotContain("started again in 8.0 s");
        } finally {
            both.cancel();
            watching.join(LIMIT);
            new Running(state, Duration.ofMillis(100)).stop(List.of(broken));
        }
    }

    @Test
    void what_was_stopped_stays_stopped_and_ends_the_watch() throws Exception {
        state.beginStopping();
        running.stop(List.of(part));
        state.endStopping();
        watching.join(LIMIT);
        assertThat(watching.isAlive()).isFalse();
        assertThat(running.process(part)).isEmpty();
        assertThat(said.toString(StandardCharsets.UTF_8)).doesNotContain("has ended");
    }

    @Test
    void what_it_writes_is_for_its_owner_only() throws Exception {
        assertThat(permissions(state.directory())).isEqualTo("rwx------");
        for (Path folder : List.of(state.data(), state.logs(), state.records(), state.programs(), state.secrets())) {
            assertThat(permissions(folder)).as(folder.toString()).isEqualTo("rwx------");
        }
        Files.setPosixFilePermissions(state.data(), PosixFilePermissions.fromString("rwxr-xr-x"));
        state.open();
        assertThat(permissions(state.data())).as("mended at the next start").isEqualTo("rwx------");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws Exception {
        long limit = System.nanoTime() + LIMIT.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("within " + LIMIT).isLessThan(limit);
            Thread.sleep(Duration.ofMillis(50));
        }
    }
}
