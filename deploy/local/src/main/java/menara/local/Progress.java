package menara.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells a part that starts slowly from one that is stuck: it works as long as it uses the processor or writes to its log. */
final class Progress {

    /** A part that only spins is given up after so many limits. */
    private static final int LIMITS_IN_ALL = 10;

    /** An idle process still wakes now and then: less than a fiftieth of the processor is nothing. */
    private static final int IDLE_SHARE = 50;

    private final ProcessHandle process;
    private final Path log;
    private final Duration limit;
    private final long begun = System.nanoTime();
    private long lastSeen = begun;
    private long logBytes;
    private Duration used = Duration.ZERO;

    Progress(ProcessHandle process, Path log, Duration limit) {
        this.process = process;
        this.log = log;
        this.limit = limit;
    }

    /** For how long nothing has happened, if that is too long. */
    Optional<Duration> stuckFor() throws IOException {
        long now = System.nanoTime();
        var sinceLast = Duration.ofNanos(now - lastSeen);
        long bytes = Files.exists(log) ? Files.size(log) : 0;
        var cpu = cpuTime();
        if (bytes != logBytes || cpu.minus(used).multipliedBy(IDLE_SHARE).compareTo(sinceLast) > 0) {
            logBytes = bytes;
            used = cpu;
            lastSeen = now;
        }
        var idle = Duration.ofNanos(now - lastSeen);
        var inAll = Duration.ofNanos(now - begun);
        return idle.compareTo(limit) > 0 || inAll.compareTo(limit.multipliedBy(LIMITS_IN_ALL)) > 0
                ? Optional.of(idle)
                : Optional.empty();
    }

    private Duration cpuTime() {
        return Stream.concat(Stream.of(process), process.descendants())
                .flatMap(each -> each.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }
}
