package menara.local;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Restarts parts that end by themselves, after growing pauses, until Menara is stopped; and bounds the logs. */
final class Supervisor {

    static final String NAME = "supervisor";

    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** A part that ran for so long has recovered. */
    private static final Duration STEADY = Duration.ofMinutes(5);

    private final State state;
    private final Running running;
    private final Console console;
    private final LogFiles logs;
    private final Map<String, Duration> pauses = new HashMap<>();
    private final Map<String, Long> startedNanos = new HashMap<>();

    /** When a part that has ended is started again. */
    private final Map<String, Long> dueNanos = new HashMap<>();

    /** Until when a part is left alone because its files could not be read or written. */
    private final Map<String, Long> quietUntilNanos = new HashMap<>();

    /** Parts that could not be started and have no record: they would be taken for stopped ones. */
    private final Set<String> unrecorded = new HashSet<>();

    private @Nullable Starter starter;
    private boolean cancelled;

    Supervisor(State state, Running running, Console console) {
        this.state = state;
        this.running = running;
        this.console = console;
        this.logs = new LogFiles(state);
    }

    /** Starts a process that supervises Menara after this one has returned to the shell, unless there is one. */
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
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new LogFiles(state).forAppending(NAME)))
                .start();
        ProcessRecord.of(NAME, process.toHandle()).write(state);
    }

    /**
     * Returns when no started part is left, or when Menara is stopped. While another process supervises, this one waits to take over.
     *
     * @param parts all that may run
     * @param lost names of those that are not started again
     */
    void watch(List<Part> parts, Set<String> lost) throws IOException, InterruptedException {
        try (Closeable _ = state.watching()) {
            Thread bounding = Thread.ofVirtual().name("bounding-logs").start(() -> boundLogs(parts));
            try {
                while (!isCancelled() && lookAfter(parts, lost)) {
                    Thread.sleep(EVERY);
                }
            } finally {
                bounding.interrupt();
                bounding.join();
            }
        }
    }

    /** On its own thread, because the supervision may be busy for minutes with a part that starts. */
    private void boundLogs(List<Part> parts) {
        List<String> names = new ArrayList<>(parts.stream().map(Part::name).toList());
        names.add(NAME);
        Set<String> failing = new HashSet<>();
        try {
            while (true) {
                for (String name : names) {
                    try {
                        logs.bound(name);
                        failing.remove(name);
                    } catch (IOException e) {
                        if (failing.add(name)) { // logged once: this too goes to a log
                            console.part(name, "its log cannot be put aside: " + Trouble.explained(e));
                        }
                    }
                }
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the watch is over
        }
    }

    /** Checks every part once; returns whether any was started and not stopped. A fault of one does not affect the others. */
    private boolean lookAfter(List<Part> parts, Set<String> lost) throws InterruptedException {
        boolean any = false;
        for (Part part : parts) {
            var quietUntil = quietUntilNanos.get(part.name());
            if (quietUntil != null && System.nanoTime() < quietUntil) {
                any = true;
                continue;
            }
            try {
                any |= lookAfter(part, lost);
            } catch (IOException e) {
                any = true;
                var pause = nextPause(part);
                startedNanos.put(part.name(), System.nanoTime());
                quietUntilNanos.put(part.name(), System.nanoTime() + pause.toNanos());
                console.part(part.name(), Trouble.explained(e) + " Looked at again in " + Console.seconds(pause));
            }
        }
        return any;
    }

    private boolean lookAfter(Part part, Set<String> lost) throws IOException, InterruptedException {
        if (state.isStopping()) {
            unrecorded.remove(part.name());
        } else if (unrecorded.contains(part.name())) {
            ProcessRecord.ended(part.name()).write(state); // so that it is tried again
            unrecorded.remove(part.name());
        }
        // A stop removes the record of a part; a record without a process is of a part that ended by itself.
        var record = ProcessRecord.read(state, part.name());
        if (record.flatMap(ProcessRecord::process).isPresent()) {
            dueNanos.remove(part.name()); // another process was faster
        } else if (record.isPresent() && !lost.contains(part.name()) && !state.isStopping() && !isCancelled()) {
            restart(part);
        }
        return record.isPresent();
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
        var lock = state.tryLock();
        if (lock.isEmpty()) {
            return; // another process is starting or stopping parts, perhaps this one
        }
        try (Closeable _ = lock.get()) {
            if (ProcessRecord.read(state, part.name()).isEmpty() || state.isStopping()) {
                return;
            }
            dueNanos.remove(part.name());
            startedNanos.put(part.name(), System.nanoTime());
            if (running.process(part).isEmpty()) {
                startOrSay(part);
            }
        }
    }

    private void startOrSay(Part part) throws InterruptedException {
        try {
            next().start(List.of(part));
        } catch (LauncherFailure e) {
            unrecorded.add(part.name());
            console.say(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            unrecorded.add(part.name());
            console.part(part.name(), "could not be started: " + Trouble.explained(e));
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

    /** Nothing is started after this. */
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
