package menara.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@code ./menara status}: exits 0 when every part is ready, 3 when some are not, as a service manager does. */
final class Status {

    private static final int NOT_RUNNING = 3;
    private static final long KIB_PER_MIB = 1_024;

    private final Settings settings;
    private final State state;
    private final Console console = new Console(System.out);

    Status(Settings settings, State state) {
        this.settings = settings;
        this.state = state;
    }

    int print() throws IOException {
        var running = new Running(state, Running.POLITE_LIMIT);
        boolean all = true;
        for (Part part : LocalParts.toLookAt(settings, state).all()) {
            String ports = part.ports().stream()
                    .map(port -> Integer.toString(port.number()))
                    .collect(Collectors.joining(", "));
            var process = running.process(part);
            if (process.isEmpty()) {
                all = false;
                console.part(part.name(), "not running   port " + ports);
                continue;
            }
            boolean ready = part.readiness().ready();
            all &= ready;
            console.part(
                    part.name(),
                    String.format(
                            Locale.ROOT,
                            "%-13s port %-10s pid %-8d %4s MB   up %s",
                            ready ? "ready" : "not ready",
                            ports,
                            process.get().pid(),
                            memoryMebibytes(process.get().pid()),
                            uptime(process.get())));
        }
        return all ? 0 : NOT_RUNNING;
    }

    private static String uptime(ProcessHandle process) {
        Duration up = process.info()
                .startInstant()
                .map(start -> Duration.between(start, Instant.now()))
                .orElse(Duration.ZERO);
        return String.format(
                Locale.ROOT, "%d:%02d:%02d", up.toHours(), up.toMinutesPart(), Math.max(0, up.toSecondsPart()));
    }

    /** Resident memory as {@code ps} tells it, on Linux and macOS alike. */
    private static String memoryMebibytes(long pid) throws IOException {
        Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
        String kibibytes = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        return kibibytes.matches("\\d+") ? Long.toString(Long.parseLong(kibibytes) / KIB_PER_MIB) : "?";
    }
}
