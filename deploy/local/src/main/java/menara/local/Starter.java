package menara.local;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Starts parts: stage by stage, and within a stage all at once. */
final class Starter {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final int LOG_TAIL_LINES = 25;

    /**
     * Keeps Ctrl-C and the end of a terminal from the parts: they end in order, when they are stopped. Only their user may read what they
     * write.
     */
    static final List<String> SHIELD = List.of("/bin/sh", "-c", "umask 077; trap '' INT HUP; exec \"$@\"", "menara");

    /** Variables of the user's shell that would configure a part unintentionally. */
    private static final List<String> CONFIGURING =
            List.of("MENARA_", "SPRING_", "SERVER_", "MANAGEMENT_", "KC_", "QUARKUS_");

    private final State state;
    private final Running running;
    private final Console console;
    private boolean cancelled;

    Starter(State state, Running running, Console console) {
        this.state = state;
        this.running = running;
        this.console = console;
    }

    /**
     * Returns when every part is ready; parts that run already are left alone.
     *
     * @throws LauncherFailure if a port is taken, or a part ends or is not ready in time; what this call started is stopped again
     */
    void start(List<Part> parts) throws IOException, InterruptedException {
        List<Part> missing = new ArrayList<>();
        for (Part part : parts) {
            var process = running.process(part);
            if (process.isPresent()) {
                console.part(part.name(), "runs already (pid " + process.get().pid() + ")");
            } else {
                missing.add(part);
            }
        }
        missing.forEach(Ports::requireFree);
        var stages = new TreeMap<Integer, List<Part>>();
        missing.forEach(part ->
                stages.computeIfAbsent(part.stage(), _ -> new ArrayList<>()).add(part));
        try {
            for (List<Part> stage : stages.values()) {
                startTogether(stage);
            }
        } catch (LauncherFailure | IOException | InterruptedException e) {
            cancel();
            running.stop(missing);
            throw e;
        }
    }

    private void startTogether(List<Part> stage) throws IOException, InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var starts = new ExecutorCompletionService<Part>(threads);
            for (Part part : stage) {
                starts.submit(() -> {
                    start(part);
                    return part;
                });
            }
            try {
                for (int ready = 0; ready < stage.size(); ready++) {
                    starts.take().get();
                }
            } catch (ExecutionException e) {
                threads.shutdownNow(); // the first failure is the one to read
                switch (e.getCause()) {
                    case LauncherFailure failure -> throw failure;
                    case IOException failure -> throw failure;
                    case InterruptedException interrupted -> throw interrupted;
                    case null, default -> throw new IllegalStateException("a part could not be started", e);
                }
            }
        }
    }

    private void start(Part part) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        Part.Program program = part.program().prepare();
        Process process = spawnRecorded(part, program);
        console.part(part.name(), "starting, pid " + process.pid());
        var progress = new Progress(process.toHandle(), state.log(part.name()), part.limit());
        while (!part.readiness().ready()) {
            requireNotStopping(part);
            if (!process.isAlive()) {
                if (isCancelled()) {
                    throw new InterruptedException(); // stopped by this launcher while it was starting, not a failure
                    // of its own
                }
                throw new LauncherFailure(
                        part.name() + " ended while it was starting, with exit code " + process.exitValue()
                                + ". The end of its log:\n" + state.logTail(part.name(), LOG_TAIL_LINES)
                                + "\nAll of it: ./menara logs "
                                + part.name());
            }
            progress.stuckFor().ifPresent(stuck -> {
                throw new LauncherFailure(part.name() + " was not ready and did nothing for " + stuck.toSeconds()
                        + " s; MENARA_START_LIMIT_SECONDS allows it more. The end of its log:\n"
                        + state.logTail(part.name(), LOG_TAIL_LINES));
            });
            Thread.sleep(POLL);
        }
        console.part(
                part.name(),
                "ready after " + Console.seconds(Duration.ofNanos(System.nanoTime() - begun)) + addresses(part));
    }

    /** A stop waits for the lock that is held while parts start, so a start aborts at once. */
    private void requireNotStopping(Part part) {
        if (state.isStopping()) {
            throw new LauncherFailure(part.name() + " is not started: Menara is being stopped.");
        }
    }

    /** Nothing is started after this, so that a following stop sees all parts. */
    synchronized void cancel() {
        cancelled = true;
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    private synchronized Process spawnRecorded(Part part, Part.Program program)
            throws IOException, InterruptedException {
        if (cancelled) {
            throw new InterruptedException();
        }
        requireNotStopping(part);
        Process process = spawn(part, program);
        ProcessRecord.of(part.name(), process.toHandle()).write(state);
        return process;
    }

    private Process spawn(Part part, Part.Program program) throws IOException {
        List<String> command = new ArrayList<>(SHIELD);
        command.addAll(program.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(state.directory().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new LogFiles(state).forAppending(part.name())));
        builder.environment().keySet().removeIf(name -> CONFIGURING.stream().anyMatch(name::startsWith));
        builder.environment().putAll(program.environment());
        return builder.start();
    }

    private static String addresses(Part part) {
        return part.ports().isEmpty()
                ? ""
                : "  127.0.0.1:" + part.ports().getFirst().number();
    }
}
