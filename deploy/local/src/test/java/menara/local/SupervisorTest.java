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
import java.util.concurrent.atomic.AtomicInteger;
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
        watch(List.of(part));
    }

    private void watch(List<Part> parts) {
        var watcher = new Supervisor(state, running, console);
        supervisor = watcher;
        watching = Thread.ofPlatform().start(() -> {
            try {
                watcher.watch(parts, Set.of());
            } catch (IOException | InterruptedException e) {
                said.writeBytes(e.toString().getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    private void watchInstead(List<Part> parts) throws InterruptedException {
        supervisor.cancel();
        watching.join(LIMIT);
        watch(parts);
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
        watchInstead(List.of(broken, part));
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
            supervisor.cancel();
            watching.join(LIMIT);
            new Running(state, Duration.ofMillis(100)).stop(List.of(broken));
        }
    }

    @Test
    void one_whose_files_cannot_be_read_keeps_no_other_waiting() throws Exception {
        Files.createDirectory(state.records().resolve("broken.pid")); // whose record is no file
        Part broken = FakePart.part("broken", 1, FakePart.freePort(), "never");
        watchInstead(List.of(broken, part));
        await(() -> said.toString(StandardCharsets.UTF_8).contains("Looked at again in 2.0 s"));
        var died = running.process(part).orElseThrow();
        died.destroyForcibly();
        await(() -> running.process(part)
                .filter(process -> process.pid() != died.pid())
                .isPresent());
    }

    @Test
    void one_that_cannot_be_prepared_is_tried_again() throws Exception {
        var tries = new AtomicInteger();
        Part unpacked = new Part("unpacked", 1, List.of(), new Readiness.Running(), LIMIT, () -> {
            if (tries.incrementAndGet() == 1) {
                throw new IOException("No space left on device");
            }
            return part.program().prepare();
        });
        ProcessRecord.ended("unpacked").write(state);
        running.stop(List.of(part)); // whose port it takes
        try {
            watchInstead(List.of(unpacked));
            await(() -> running.process(unpacked).isPresent());
            assertThat(said.toString(StandardCharsets.UTF_8))
                    .containsSubsequence("could not be started: No space left", "started again in 2.0 s");
        } finally {
            supervisor.cancel();
            watching.join(LIMIT);
            new Running(state, Duration.ofMillis(100)).stop(List.of(unpacked));
        }
    }

    @Test
    void somebody_else_who_starts_things_is_waited_for() throws Exception {
        var died = running.process(part).orElseThrow();
        var record = ProcessRecord.read(state, part.name());
        try (var _ = state.lock(Duration.ZERO)) {
            died.destroyForcibly();
            await(() -> said.toString(StandardCharsets.UTF_8).contains("started again in 1.0 s"));
            var tried = state.log(part.name());
            long bytes = Files.size(tried);
            var due = System.nanoTime() + Duration.ofSeconds(2).toNanos();
            await(() -> System.nanoTime() > due); // the pause is over, and nothing was started
            assertThat(Files.size(tried)).isEqualTo(bytes);
            assertThat(ProcessRecord.read(state, part.name())).isEqualTo(record);
        }
        await(() -> running.process(part).isPresent());
        assertThat(said.toString(StandardCharsets.UTF_8)).doesNotContain("Another ./menara", "in 2.0 s");
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
