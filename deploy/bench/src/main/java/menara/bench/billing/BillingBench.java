package menara.bench.billing;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import menara.bench.Latencies;
import menara.bench.Report;
import menara.bench.Server;
import menara.bench.Writers;

/** {@code ./menara bench billing}: client, service and a durable embedded server on this machine. */
public final class BillingBench {

    static final String BATCH = "application/cloudevents-batch+json";
    private static final String SINGLE = "application/cloudevents+json";
    static final int BATCH_EVENTS = 1_000;
    static final int BATCH_CLIENTS = 8;
    private static final int SINGLE_CLIENTS = 64;
    private static final int SECONDS = 5;
    static final int INTAKE_CONTRACTS = 500;
    private static final int LAG_SAMPLES = 200;
    private static final int TENANTS = 5_000;
    private static final Duration LAG_LIMIT = Duration.ofSeconds(30);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private BillingBench() {}

    public static void measure(Report report) throws IOException, InterruptedException, ExecutionException {
        var directory = Files.createTempDirectory("menara-bench-billing");
        try (var server = Server.onDisk(directory.resolve("billing.db"))) {
            var now = Instant.now().truncatedTo(ChronoUnit.HOURS);
            var intake = new FilledBilling(server.database(RunningBilling.DATABASE));
            intake.plans(now.minus(Duration.ofDays(400)));
            intake.contracts(INTAKE_CONTRACTS, "bench-gpu", now.minus(Duration.ofDays(60)));
            try (var running = new RunningBilling(server)) {
                intake(report, running.client(), intake, now);
                lag(report, running.client(), intake, now);
            }
        }
        try (var server = Server.onDisk(directory.resolve("month.db"))) {
            month(report, server);
        }
    }

    private static void intake(Report report, BillingClient billing, FilledBilling filled, Instant now)
            throws InterruptedException, ExecutionException {
        double before = cpuSeconds();
        long began = System.nanoTime();
        var batches = Writers.warmPerSecond(
                BATCH_CLIENTS,
                SECONDS,
                client -> () -> billing.report(BATCH, batch(filled, "/bench/" + client, BATCH_EVENTS, now)));
        report.add("intake-batch-cold-per-s", batches.cold(), "events/s");
        report.atLeast("intake-batch-per-s", batches.warm(), "events/s", 100_000);
        report.add("intake-batch-cpu-s", cpuSeconds() - before, "CPU-s");
        report.add("intake-batch-wall-s", (System.nanoTime() - began) / 1e9, "s");
        var single = Writers.warmPerSecond(
                SINGLE_CLIENTS,
                SECONDS,
                client -> () -> billing.report(
                        SINGLE, event(filled, "/bench/" + client, now).getBytes(StandardCharsets.UTF_8)));
        report.add("intake-single-cold-per-s", single.cold(), "events/s");
        report.atLeast("intake-single-per-s", single.warm(), "events/s", 4_000);
    }

    /** From sending until the accrued projection shows it, while batches keep coming in. */
    private static void lag(Report report, BillingClient billing, FilledBilling filled, Instant now)
            throws IOException, InterruptedException {
        var load = Thread.ofPlatform().daemon().start(() -> keepReporting(billing, filled, now));
        var latencies = new Latencies();
        for (int i = 0; i < LAG_SAMPLES; i++) {
            var contract = filled.contracts().get(i);
            var path = "/api/billing/projections/accrued?contract=" + contract + "&month="
                    + YearMonth.from(now.atZone(ZoneOffset.UTC));
            var from = YearMonth.from(now.atZone(ZoneOffset.UTC))
                    .atDay(1)
                    .atStartOfDay()
                    .toInstant(ZoneOffset.UTC);
            var shown = total(billing, path);
            long sent = System.nanoTime();
            billing.report(
                    SINGLE, event("/bench/lag", contract, from, 1_000_000).getBytes(StandardCharsets.UTF_8));
            while (total(billing, path).equals(shown)) {
                if (System.nanoTime() - sent > LAG_LIMIT.toNanos()) {
                    throw new IllegalStateException("not seen within " + LAG_LIMIT);
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
            latencies.add(System.nanoTime() - sent);
        }
        load.interrupt();
        load.join();
        report.add("accrued-lag-p50-ms", latencies.millis(50), "ms");
        report.atMost("accrued-lag-p99-ms", latencies.millis(99), "ms", 2_000);
    }

    private static String total(BillingClient billing, String path) throws IOException, InterruptedException {
        return billing.get(path).get("contracts").get(0).get("lines").toString();
    }

    private static void keepReporting(BillingClient billing, FilledBilling filled, Instant now) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                billing.report(BATCH, batch(filled, "/bench/load", BATCH_EVENTS, now));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void month(Report report, Server server) throws IOException, InterruptedException {
        var month = YearMonth.now(ZoneOffset.UTC).minusMonths(1);
        var begin = month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        var filled = new FilledBilling(server.database(RunningBilling.DATABASE));
        filled.plans(begin);
        filled.contracts(TENANTS, "bench-tiered", begin);
        filled.hours(month, begin);
        try (var running = new RunningBilling(server)) {
            var billing = running.client();
            double before = cpuSeconds();
            long began = System.nanoTime();
            billing.post("/api/billing/bill-runs", "{\"month\":\"%s\"}".formatted(month));
            var run = billing.get("/api/billing/bill-runs/" + month);
            while (!run.get("state").asString().equals("finished")) {
                LockSupport.parkNanos(10 * POLL_NANOS);
                run = billing.get("/api/billing/bill-runs/" + month);
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            report.atMost("bill-run-5000-s", seconds, "s", 15);
            report.add("bill-run-cpu-s", cpuSeconds() - before, "CPU-s");
            report.add("bill-run-lines", run.get("lines").asInt(), "lines");
        }
    }

    /** CPU time of this JVM: clients and service, without the server. */
    private static double cpuSeconds() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9;
    }

    static byte[] batch(FilledBilling filled, String source, int events, Instant now) {
        var text = new StringBuilder(events * 320).append('[');
        for (int i = 0; i < events; i++) {
            text.append(i == 0 ? "" : ",").append(event(filled, source, now));
        }
        return text.append(']').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String event(FilledBilling filled, String source, Instant now) {
        var random = ThreadLocalRandom.current();
        var contract = filled.contracts().get(random.nextInt(filled.contracts().size()));
        return event(source, contract, now.minusSeconds(3_600L * (1 + random.nextInt(600))), random.nextInt(1, 8_000));
    }

    private static String event(String source, String contract, Instant from, int milliGpus) {
        var random = ThreadLocalRandom.current();
        return "{\"specversion\":\"1.0\",\"type\":\"menara.usage.gpu.v1\",\"source\":\"" + source + "\",\"id\":\""
                + new UUID(random.nextLong(), random.nextLong()) + "\",\"subject\":\"" + contract
                + "\",\"data\":{\"meter\":\"gpu-hour\",\"period\":{\"from\":\"" + from + "\",\"until\":\""
                + from.plusSeconds(3_600) + "\"},\"milliGpus\":" + milliGpus + "}}";
    }
}
