package menara.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import menara.bench.eventstore.EventStoreBench;

/** {@code ./menara bench NAME [--json FILE]}. */
public final class Bench {

    /** A bench measures and reports; it judges nothing by its exit code. */
    @FunctionalInterface
    public interface Run {
        void measure(Report report) throws Exception;
    }

    private static final Map<String, Run> BENCHES = new TreeMap<>(Map.of("event-store", EventStoreBench::measure));

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        var given = List.of(arguments);
        boolean json = given.size() == 3 && given.get(1).equals("--json");
        var bench = given.isEmpty() ? null : BENCHES.get(given.getFirst());
        if (bench == null || !(given.size() == 1 || json)) {
            System.err.println("usage: ./menara bench NAME [--json FILE], NAME one of " + BENCHES.keySet());
            System.exit(2);
            return;
        }
        var report = new Report(given.getFirst(), System.out);
        bench.measure(report);
        if (json) {
            write(report, Path.of(given.getLast()));
        }
        System.exit(0); // worker threads of servers and drivers must not keep the bench alive
    }

    private static void write(Report report, Path file) throws IOException {
        report.write(file);
        System.out.println("written to " + file);
    }
}
