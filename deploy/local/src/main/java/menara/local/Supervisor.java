package menara.local;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Starts again what ends by itself, with a pause that grows while it keeps ending, until somebody stops Menara. */
final class Supervisor {

    static final String NAME = "supervisor";

    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** Who ran for so long has recovered. */
    private static final Duration STEADY = Duration.ofMinutes(5);

    private final State state;
    private final Running running;
    private final Console console;
    private final Map<String, Duration> pauses = new HashMap<>();
    private final Map<String, Long> startedNanos = new HashMap<>();
    private final Map<String, Long> dueNanos = new HashMap<>();
    private @Nullable Starter starter;
    private boolean cancelled;

    Supervisor(State state, Running running, Console console) {
        this.state = state;
        this.running = running;
        this.console = console;
    }

    /** A process of its own that looks after Menara when this one has returned to the shell. */
    static void startDetached(State state, boolean memory) throws IOException {
        if (ProcessRecord.read(state, NAME).flatMap(ProcessRecord::process).isPresent()) {
            return;
        }
        List<String> command = new ArrayList<>(Starter.SHIELD);
        command.addAll(List.of(
                Programs.java(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dmenara.root=" + System.getProperty("menara.root", "."),
                "-Dmenara.state=" + state.directory(),
                "-cp",
                System.getProperty("java.class.path"),
                Menara.class.getName(),
                "supervise"));
        if (memory) {
            command.add("--memory");
        }
        Process process = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(state.log(NAME).toFile())
                .start();
        ProcessRecord.of(NAME, process.toHandle()).write(state);
    }

    /**
     * Returns when nothing is left that was started, or somebody stops it.
     *
     * @param parts all that may run
     * @param lost names of those that are not started again
     */
    void watch(List<Part> parts, Set<String> lost) throws IOException, InterruptedException {
        while (!isCancelled()) {
            Thread.sleep(EVERY);
            boolean any = false;
            for (Part part : parts) {
                // Whoever stops a part removes its record; a record without a process is one that ended by itself.
                var record = ProcessRecord.read(state, part.name());
                any |= record.isPresent();
                if (record.flatMap(ProcessRecord::process).isPresent()) {
                    dueNanos.remove(part.name()); // somebody else was faster
                }
                if (!lost.contains(part.name())
                        && record.isPresent()
                        && record.get().process().isEmpty()
                        && !state.isStopping()
                        && !isCancelled()) {
                    restart(part);
                }
            }
            if (!any) {
                return;
            }
        }
    }

    /** Says that the part ended and when it is started again, then starts it once that is over; others are not kept waiting. */
    private void restart(Part part) throws IOException, InterruptedException {
        var due = dueNanos.get(part.name());
        if (due == null) {
            var pause = nextPause(part);
            dueNanos.put(part.name(), System.nanoTime() + pause.toNanos());
            console.part(
                    part.name(),
                    "has ended, is started again in " + Console.seconds(pause) + "; see ./menara logs " + part.name());
            return;
        }
        if (System.nanoTime() < due) {
            return;
        }
        dueNanos.remove(part.name());
        try (Closeable _ = state.lock()) {
            startedNanos.put(part.name(), System.nanoTime());
            if (running.process(part).isEmpty()) {
                next().start(List.of(part));
            }
        } catch (LauncherFailure e) {
            console.say(String.valueOf(e.getMessage()));
            if (!state.isStopping() && !isCancelled()) {
                ProcessRecord.ended(part.name()).write(state); // so that it is tried again
            }
        }
    }

    private Duration nextPause(Part part) {
        var started = startedNanos.get(part.name());
        boolean steady =
                started == null || Duration.ofNanos(System.nanoTime() - started).compareTo(STEADY) > 0;
        var pause = steady
                ? FIRST_PAUSE
                : pauses.getOrDefault(part.name(), FIRST_PAUSE).multipliedBy(2);
        var bounded = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        pauses.put(part.name(), bounded);
        return bounded;
    }

    private synchronized Starter next() {
        starter = new Starter(state, running, console);
        if (cancelled) {
            starter.cancel();
        }
        return starter;
    }

    /** From here on nothing is started any more. */
    synchronized void cancel() {
        cancelled = true;
        if (starter != null) {
            starter.cancel();
        }
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }
}
