package menara.local;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The processes that run now, and how they are stopped: later stages first, politely, then not. */
final class Running {

    /** Longer than the services take to finish the requests they have. */
    static final Duration POLITE_LIMIT = Duration.ofSeconds(20);

    private static final Duration KILL_LIMIT = Duration.ofSeconds(5);

    private final State state;
    private final Duration politeLimit;

    Running(State state, Duration politeLimit) {
        this.state = state;
        this.politeLimit = politeLimit;
    }

    Optional<ProcessHandle> process(Part part) throws IOException {
        return ProcessRecord.read(state, part.name()).flatMap(ProcessRecord::process);
    }

    /** Stops what runs of {@code parts} and removes their records. Returns the names of what was stopped. */
    List<String> stop(List<Part> parts) throws IOException {
        var stages = new TreeMap<Integer, List<Part>>(Comparator.reverseOrder());
        parts.forEach(part ->
                stages.computeIfAbsent(part.stage(), _ -> new ArrayList<>()).add(part));
        List<String> stopped = new ArrayList<>();
        Set<ProcessHandle> recorded = new HashSet<>();
        for (Part part : parts) {
            process(part).ifPresent(recorded::add);
        }
        for (List<Part> stage : stages.values()) {
            List<ProcessHandle> ending = new ArrayList<>();
            for (Part part : stage) {
                process(part).ifPresent(process -> {
                    ending.addAll(withDescendants(process, recorded));
                    stopped.add(part.name());
                });
            }
            ending.forEach(ProcessHandle::destroy);
            if (!ended(ending, politeLimit)) {
                ending.forEach(ProcessHandle::destroyForcibly);
                if (!ended(ending, KILL_LIMIT)) {
                    throw new LauncherFailure("These processes do not end: "
                            + ending.stream()
                                    .filter(ProcessHandle::isAlive)
                                    .map(ProcessHandle::pid)
                                    .toList());
                }
            }
            for (Part part : stage) {
                Optional<ProcessRecord> stale = ProcessRecord.read(state, part.name());
                if (stale.isPresent()) {
                    stale.get().delete(state);
                }
            }
        }
        return stopped;
    }

    /**
     * Descendants first seen now: a part that forks must not leave its children behind. But a part that the supervisor has started is a
     * part, and ends in its own turn.
     */
    private static List<ProcessHandle> withDescendants(ProcessHandle process, Set<ProcessHandle> parts) {
        List<ProcessHandle> all = new ArrayList<>();
        process.children()
                .filter(child -> !parts.contains(child))
                .forEach(child -> all.addAll(withDescendants(child, parts)));
        all.add(process);
        return all;
    }

    private static boolean ended(List<ProcessHandle> processes, Duration limit) {
        try {
            CompletableFuture.allOf(
                            processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a process cannot be waited for", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
