package menara.bench.eventstore;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.ExecutionException;
import menara.bench.Report;
import menara.bench.Server;
import menara.bench.commands.CommandPath;
import menara.bench.commands.LongLog;

/** Everything of {@code ./menara bench event-store}, one after the other. */
public final class EventStoreBench {

    /** Rates that are compared take turns, so that what else the machine does meets all of them. */
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
        new Rates(server, 1).append(64);
        var rates = new Rates(server, 3);
        double append = rates.append(64);
        double insertMany = rates.insertMany(1);
        report.atLeast("append-64-durable", append, "events/s", 5_000);
        report.add("raw-insert-many-durable", insertMany, "documents/s");
        report.add("append-64-durable-vs-insert-many", append / insertMany, "ratio");
    }

    private static void writing(Report report, Server server) throws InterruptedException, ExecutionException {
        var warmUp = new Rates(server, 1);
        warmUp.insertOne(1);
        warmUp.append(1);
        warmUp.insertMany(1);
        warmUp.append(64);

        var rates = new Rates(server, 1);
        double insertOne = 0;
        double append1 = 0;
        double insertMany1 = 0;
        double insertMany4 = 0;
        double append64 = 0;
        for (int turn = 0; turn < TURNS; turn++) {
            insertOne += rates.insertOne(1) / TURNS;
            append1 += rates.append(1) / TURNS;
            insertMany1 += rates.insertMany(1) / TURNS;
            insertMany4 += rates.insertMany(4) / TURNS;
            append64 += rates.append(64) / TURNS;
        }
        var longer = new Rates(server, 3);
        double insertOne8 = longer.insertOne(8);
        double append8 = longer.append(8);

        report.add("raw-insert-one-1", insertOne, "documents/s");
        report.add("raw-insert-one-8", insertOne8, "documents/s");
        report.add("raw-insert-many-1", insertMany1, "documents/s");
        report.add("raw-insert-many-4", insertMany4, "documents/s");
        report.add("append-1", append1, "events/s");
        report.add("append-8", append8, "events/s");
        report.add("append-64", append64, "events/s");
        report.atLeast("append-1-vs-insert-one", append1 / insertOne, "ratio", 0.9);
        report.add("append-8-vs-insert-one-8", append8 / insertOne8, "ratio");
        report.atLeast("append-64-vs-insert-many", append64 / Math.max(insertMany1, insertMany4), "ratio", 1.0);
    }
}
