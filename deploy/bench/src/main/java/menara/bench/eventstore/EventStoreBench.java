package menara.bench.eventstore;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.ToDoubleFunction;
import menara.bench.Report;
import menara.bench.Server;
import menara.bench.Writers;
import menara.bench.commands.CommandPath;
import menara.bench.commands.LongLog;

/** Everything of {@code ./menara bench event-store}, one after the other. */
public final class EventStoreBench {

    /** Rates that are compared take turns, so that what else the machine does meets all of them; the median of each counts. */
    private static final int TURNS = 5;

    private EventStoreBench() {}

    public static void measure(Report report) throws Exception {
        try (var server = Server.inMemory()) {
            writing(report, server);
            reading(report, server);
            tailing(report, server);
            CommandPath.measure(report, server);
            LongLog.measure(report, server);
        }
        var folder = Files.createTempDirectory("menara-bench");
        try (var server = Server.onDisk(folder.resolve("data.mv"))) {
            durable(report, server);
        } finally {
            Files.deleteIfExists(folder.resolve("data.mv"));
            Files.delete(folder);
        }
    }

    private static void reading(Report report, Server server) throws InterruptedException, ExecutionException {
        var database = server.database("filled");
        FilledLog.fill(database);
        var reading = new Reading(database);
        report.add("events-per-commit", reading.eventsPerCommit(), "events");
        var sourcing = reading.source();
        report.atMost("source-100-of-200k-ms", sourcing.cold().millis(50), "ms", 5);
        report.add("source-100-of-200k-p99-ms", sourcing.cold().millis(99), "ms");
        report.add("source-100-of-200k-again-ms", sourcing.warm().millis(50), "ms");
        double replay = reading.replay();
        reading.fillPlain();
        double scan = reading.scan();
        report.atLeast("replay-per-s", replay, "events/s", 200_000);
        report.add("raw-scan-per-s", scan, "events/s");
        report.add("replay-vs-raw-scan", replay / scan, "ratio");
        double find = reading.findByIds().millis(50);
        report.add("raw-find-100-by-id-ms", find, "ms");
        report.add("source-vs-raw-find", sourcing.cold().millis(50) / find, "ratio");
        database.drop();
    }

    private static void tailing(Report report, Server server) throws IOException, InterruptedException {
        var latencies = Tail.measure(server);
        report.add("tail-p50-ms", latencies.millis(50), "ms");
        report.atMost("tail-p99-ms", latencies.millis(99), "ms", 50);
        report.add(
                "tail-p50-vs-insert-one",
                latencies.millis(50) * report.value("raw-insert-one-1").orElseThrow() / 1_000,
                "ratio");
    }

    private static void durable(Report report, Server server) throws InterruptedException, ExecutionException {
        var rates = new Rates(server, 3);
        double append = rates.append(64);
        double insertMany = rates.insertMany(1);
        report.atLeast("append-64-durable", append, "events/s", 5_000);
        report.add("raw-insert-many-durable", insertMany, "documents/s");
        report.add("append-64-durable-vs-insert-many", append / insertMany, "ratio");
    }

    /** Rates of writing that were measured one right after the other. */
    private record Turn(double insertOne, double append1, double insertMany1, double insertMany4, double append64) {

        static Turn of(Rates rates) throws InterruptedException, ExecutionException {
            return new Turn(
                    rates.insertOne(1), rates.append(1), rates.insertMany(1), rates.insertMany(4), rates.append(64));
        }

        double append1VsInsertOne() {
            return append1 / insertOne;
        }

        double append64VsInsertMany() {
            return append64 / Math.max(insertMany1, insertMany4);
        }
    }

    private static void writing(Report report, Server server) throws InterruptedException, ExecutionException {
        var rates = new Rates(server, 1);
        Writers.warmUp(0, () -> Turn.of(rates).append64());
        var turns = new ArrayList<Turn>();
        for (int i = 0; i < TURNS; i++) {
            turns.add(Turn.of(rates));
        }
        var longer = new Rates(server, 3);
        double insertOne8 = longer.insertOne(8);
        double append8 = longer.append(8);

        report.add("raw-insert-one-1", median(turns, Turn::insertOne), "documents/s");
        report.add("raw-insert-one-8", insertOne8, "documents/s");
        report.add("raw-insert-many-1", median(turns, Turn::insertMany1), "documents/s");
        report.add("raw-insert-many-4", median(turns, Turn::insertMany4), "documents/s");
        report.add("append-1", median(turns, Turn::append1), "events/s");
        report.add("append-8", append8, "events/s");
        report.add("append-64", median(turns, Turn::append64), "events/s");
        report.atLeast("append-1-vs-insert-one", median(turns, Turn::append1VsInsertOne), "ratio", 0.95);
        report.add("append-8-vs-insert-one-8", append8 / insertOne8, "ratio");
        report.atLeast("append-64-vs-insert-many", median(turns, Turn::append64VsInsertMany), "ratio", 1.0);
    }

    private static double median(List<Turn> turns, ToDoubleFunction<Turn> rate) {
        return turns.stream()
                .mapToDouble(rate)
                .sorted()
                .skip(turns.size() / 2)
                .findFirst()
                .orElseThrow();
    }
}
