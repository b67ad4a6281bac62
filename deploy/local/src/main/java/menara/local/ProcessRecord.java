package menara.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which process a part is. A process id alone is not enough: the system gives it away again, so the start time is kept with it.
 */
record ProcessRecord(String part, long pid, Instant startedAt) {

    /** The system's idea of when it booted, on which start times hang, moves a little as its clock is set. */
    private static final Duration CLOCK_SLACK = Duration.ofSeconds(2);

    static ProcessRecord of(String part, ProcessHandle process) {
        return new ProcessRecord(part, process.pid(), startOf(process));
    }

    /** Of a part that has ended: no process is this one. */
    static ProcessRecord ended(String part) {
        return new ProcessRecord(part, Long.MAX_VALUE / 10, Instant.EPOCH);
    }

    /** The record of a part, if there is a readable one; whether its process still lives is another matter. */
    static Optional<ProcessRecord> read(State state, String part) throws IOException {
        Path file = file(state, part);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.size() != 2
                || !lines.getFirst().matches("\\d{1,18}")
                || !lines.getLast().matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return Optional.of(new ProcessRecord(
                part, Long.parseLong(lines.getFirst()), Instant.ofEpochMilli(Long.parseLong(lines.getLast()))));
    }

    void write(State state) throws IOException {
        Path next = state.records().resolve(part + ".next");
        Files.writeString(next, pid + "\n" + startedAt.toEpochMilli() + "\n");
        Files.move(next, file(state, part), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void delete(State state) throws IOException {
        Files.deleteIfExists(file(state, part));
    }

    /** The process, if it is still that one. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process ->
                        Duration.between(startOf(process), startedAt).abs().compareTo(CLOCK_SLACK) < 0);
    }

    private static Path file(State state, String part) {
        return state.records().resolve(part + ".pid");
    }

    private static Instant startOf(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }
}
