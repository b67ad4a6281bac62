package menara.bench.billing;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import menara.bench.Report;
import menara.bench.Server;
import menara.bench.Writers;

/**
 * {@code ./menara bench usage-history}: the cost of a long history of usage for a service with its heap of operation. It ingests 20 million
 * events first, which takes about ten minutes and 6 GB of disk.
 */
public final class UsageHistoryBench {

    private static final long EVENTS = Long.getLong("menara.bench.usage-events", 20_000_000);
    private static final int SECONDS = 5;

    private UsageHistoryBench() {}

    public static void measure(Report report) throws IOException, InterruptedException, ExecutionException {
        var directory = Files.createTempDirectory("menara-bench-usage");
        try (var server = Server.onDisk(directory.resolve("usage.db"))) {
            var now = Instant.now().truncatedTo(ChronoUnit.HOURS);
            var filled = new FilledBilling(server.database(RunningBilling.DATABASE));
            filled.plans(now.minus(Duration.ofDays(400)));
            filled.contracts(BillingBench.INTAKE_CONTRACTS, "bench-gpu", now.minus(Duration.ofDays(60)));
            double empty;
            try (var billing = new BillingProcess(server)) {
                report.add("start-empty-s", billing.startSeconds(), "s");
                report.add("heap-empty-mb", billing.liveMegabytes(), "MB");
                empty = intake(billing, filled, now);
                report.add("intake-empty-per-s", empty, "events/s");
                report.add("intake-filling-per-s", fill(billing, filled, now), "events/s");
            }
            try (var billing = new BillingProcess(server)) {
                report.atMost("start-20m-events-s", billing.startSeconds(), "s", 5);
                double full = intake(billing, filled, now);
                report.add("intake-20m-per-s", full, "events/s");
                report.atLeast("intake-20m-vs-empty", full / empty, "ratio", 0.9);
                report.atMost("heap-20m-events-mb", billing.liveMegabytes(), "MB", 160);
            }
        }
    }

    private static double intake(BillingProcess billing, FilledBilling filled, Instant now)
            throws InterruptedException, ExecutionException {
        return Writers.warmPerSecond(
                        BillingBench.BATCH_CLIENTS, SECONDS, client -> () -> report(billing, filled, client, now))
                .warm();
    }

    private static int report(BillingProcess billing, FilledBilling filled, int client, Instant now)
            throws IOException, InterruptedException {
        return billing.client()
                .report(
                        BillingBench.BATCH,
                        BillingBench.batch(filled, "/bench/" + client, BillingBench.BATCH_EVENTS, now));
    }

    private static double fill(BillingProcess billing, FilledBilling filled, Instant now)
            throws InterruptedException, ExecutionException {
        long began = System.nanoTime();
        var left = new AtomicLong(EVENTS);
        try (var clients = Executors.newFixedThreadPool(BillingBench.BATCH_CLIENTS)) {
            var done = new ArrayList<Future<?>>();
            for (int i = 0; i < BillingBench.BATCH_CLIENTS; i++) {
                int client = i;
                done.add(clients.submit(() -> {
                    while (left.get() > 0) {
                        left.addAndGet(-report(billing, filled, client, now));
                    }
                    return null;
                }));
            }
            for (var one : done) {
                one.get();
            }
        }
        return EVENTS * 1e9 / (System.nanoTime() - began);
    }
}
