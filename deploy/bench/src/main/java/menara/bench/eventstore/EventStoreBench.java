package menara.bench.eventstore;

import java.util.concurrent.ExecutionException;
import menara.bench.Report;
import menara.bench.Server;

/** Everything of {@code ./menara bench event-store}, one after the other. */
public final class EventStoreBench {

    /** Rates that are compared take turns, so that what else the machine does meets all of them. */
    private static final int TURNS = 3;

    private EventStoreBench() {}

    public static void measure(Report report) throws Exception {
        try (var server = Server.inMemory()) {
            writing(report, server);
        }
    }

    private static void writing(Report report, Server server) throws InterruptedException, ExecutionException {
        var warmUp = new Rates(server.database("rates"), 1);
        warmUp.insertOne(1);
        warmUp.append(1);
        warmUp.insertMany(1);
        warmUp.append(64);

        var rates = new Rates(server.database("rates"), 1);
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
        var longer = new Rates(server.database("rates"), 3);
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
