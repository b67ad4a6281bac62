package menara.bench;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import menara.bench.billing.BillingBench;
import menara.bench.billing.UsageHistoryBench;
import menara.bench.capacity.CapacityBench;
import menara.bench.eventstore.EventStoreBench;

/** {@code ./menara bench NAME [--json FILE]}. */
public final class Bench {

    /** A bench measures and reports; it judges nothing by its exit code. */
    @FunctionalInterface
    public interface Run {
        void measure(Report report) throws Exception;
    }

    private static final int MISUSED = 2;

    private static final Map<String, Run> BENCHES = new TreeMap<>(Map.of(
            "billing", BillingBench::measure,
            "capacity", CapacityBench::measure,
            "event-store", EventStoreBench::measure,
            "usage-history", UsageHistoryBench::measure));

    private Bench() {}

    static void main(String[] arguments) throws Exception {
        Arguments given;
        try {
            given = Arguments.parse(List.of(arguments), BENCHES.keySet());
        } catch (IllegalArgumentException e) {
            System.err.println("menara: " + e.getMessage());
            System.err.println("usage: ./menara bench NAME [--json FILE], NAME one of " + BENCHES.keySet());
            System.exit(MISUSED);
            return;
        }
        var report = new Report(given.bench(), System.out);
        Objects.requireNonNull(BENCHES.get(given.bench())).measure(report);
        if (given.json().isPresent()) {
            report.write(given.json().get());
            System.out.println("written to " + given.json().get());
        }
        System.exit(0); // worker threads of servers and drivers must not keep the bench alive
    }
}
