package menara.bench.capacity;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import menara.bench.Latencies;
import menara.bench.Report;
import menara.bench.Server;
import menara.capacity.campus.Campus;
import menara.capacity.commitments.Demand;
import menara.capacity.forecast.Forecast;
import menara.capacity.offers.Offers;
import menara.capacity.placement.Placement;
import menara.values.Period;

/**
 * {@code ./menara bench capacity}: deciding on a month, finding offers for a request that does not fit, and looking three years ahead,
 * against the calendar of a full year, without storing anything; then the service itself: how soon it answers with that year in its
 * log, and how many decisions a second it makes for 32 callers who all want the last hall.
 */
public final class CapacityBench {

    private static final long SEED = 20_260_101; // the same campus each time
    private static final int MONTH = 720;
    private static final int WARM_UP = 2_000;
    private static final int DECISIONS = 10_000;
    private static final int WISHES = 300;
    private static final int FORECASTS = 60;
    private static final Forecast.Weights WEIGHTS = new Forecast.Weights(0.5, 0.25);
    private static final int THREE_YEARS = 3 * 365 + 1;
    private static final double MICROS_PER_MILLI = 1_000;

    private CapacityBench() {}

    public static void measure(Report report) throws Exception {
        var random = new SplittableRandom(SEED);
        long begun = System.nanoTime();
        var year = new FullYear(random);
        var campus = year.campus();
        report.add("build-year-s", (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1), "s");
        decide(random, campus, WARM_UP);
        var decisions = decide(random, campus, DECISIONS);
        report.add("decide-year-p50-us", decisions.millis(50) * MICROS_PER_MILLI, "us");
        report.atMost("decide-year-p99-us", decisions.millis(99) * MICROS_PER_MILLI, "us", 1_000);
        offer(random, campus, WISHES / 3);
        var offers = offer(random, campus, WISHES);
        report.add("offers-p50-ms", offers.millis(50), "ms");
        report.atMost("offers-p99-ms", offers.millis(99), "ms", 20);
        forecast(year, FORECASTS / 3);
        var forecasts = forecast(year, FORECASTS);
        report.add("forecast-3y-p50-ms", forecasts.millis(50), "ms");
        report.atMost("forecast-3y-ms", forecasts.millis(99), "ms", 50);
        try (var server = Server.inMemory()) {
            StoredYear.store(year.events(), server);
            StoredYear.settle(server);
            report.atMost("start-20k-s", StoredYear.start(server), "s", 5);
            server.database(RunningCapacity.DATABASE).drop();
        }
        try (var server = Server.inMemory()) {
            LastHall.fight(report, server);
        }
    }

    private static Latencies forecast(FullYear year, int times) {
        var measured = new Latencies();
        var first = LocalDate.ofInstant(FullYear.BEGINS, ZoneOffset.UTC);
        for (int i = 0; i < times; i++) {
            long begun = System.nanoTime();
            Forecast.of(year.campus(), year.ledger(), FullYear.BEGINS, first, THREE_YEARS, WEIGHTS);
            measured.add(System.nanoTime() - begun);
        }
        return measured;
    }

    private static Latencies decide(SplittableRandom random, Campus campus, int times) {
        var measured = new Latencies();
        for (int i = 0; i < times; i++) {
            var period = month(random);
            var demand = new Demand(1 + random.nextInt(8), null, List.of());
            long begun = System.nanoTime();
            Placement.of(demand, period, campus);
            measured.add(System.nanoTime() - begun);
        }
        return measured;
    }

    /** Requests for more racks than are free, so that every kind of alternative is searched. */
    private static Latencies offer(SplittableRandom random, Campus campus, int times) {
        var measured = new Latencies();
        while (measured.count() < times) {
            var period = month(random);
            var demand = new Demand(FullYear.RACKS / 2 + random.nextInt(FullYear.RACKS / 2), null, List.of());
            if (Placement.of(demand, period, campus) instanceof Placement.Refused) {
                long begun = System.nanoTime();
                Offers.nearest(demand, period, campus, FullYear.BEGINS);
                measured.add(System.nanoTime() - begun);
            }
        }
        return measured;
    }

    private static Period month(SplittableRandom random) {
        return FullYear.hours(random.nextInt(FullYear.HOURS - MONTH), MONTH);
    }
}
