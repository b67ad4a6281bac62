package menara.billing.metering;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import menara.billing.meters.Meter;
import menara.billing.usage.events.UsageEntry;
import menara.billing.usage.events.UsageEvent;
import menara.billing.usage.events.UsageKey;
import menara.billing.usage.log.UsagePartition;
import menara.embeddedmongodb.EmbeddedMongoServer;
import menara.testkit.Seeds;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.TenantId;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole cluster's jobs, up to five months long, on durable storage: exact, and the same when sent again. */
class TraceOnDiskTest {

    private static final ZoneId ZONE = ZoneId.of("Africa/Casablanca");
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final ContractId CONTRACT = new ContractId(new UUID(1, 1));
    private static final int BATCH = 1_000;
    private static final int JOBS = Integer.getInteger("menara.billing.trace-jobs", 1_500);

    private record Job(String name, long scheduled, long deleted, long milliGpus) {

        BigInteger milliGpuMillis() {
            return BigInteger.valueOf(deleted - scheduled)
                    .multiply(BigInteger.valueOf(1_000))
                    .multiply(BigInteger.valueOf(milliGpus));
        }
    }

    @TempDir
    private Path directory = Path.of("");

    @Test
    void jobs_of_up_to_149_days_are_metered_exactly() {
        long seed = Seeds.of(TraceOnDiskTest.class);
        var random = new Random(seed);
        var jobs = Stream.generate(() -> {
                    long scheduled = random.nextLong(149 * 86_400L);
                    long deleted = scheduled + 1 + random.nextLong(149 * 86_400L - scheduled);
                    return new Job("job-" + random.nextLong(), scheduled, deleted, 1 + random.nextLong(8_000));
                })
                .limit(JOBS)
                .toList();
        importTwice("made", jobs);
    }

    @Test
    void the_production_trace_is_metered_exactly() throws IOException {
        var file = Path.of("../../../../shared/data/gpu-trace/openb_pod_list_default.csv");
        Assumptions.assumeTrue(Files.exists(file), "the trace does not come with the project");
        var jobs = new ArrayList<Job>();
        for (var line : Files.readAllLines(file).stream().skip(1).toList()) {
            var cells = line.split(",", -1);
            long gpus = Long.parseLong(cells[3]);
            if (gpus == 0 || cells[10].isEmpty() || cells[9].isEmpty() || cells[9].equals(cells[10])) {
                continue;
            }
            jobs.add(new Job(
                    cells[0],
                    (long) Double.parseDouble(cells[10]),
                    (long) Double.parseDouble(cells[9]),
                    gpus * Long.parseLong(cells[4])));
        }
        assertThat(jobs).hasSizeGreaterThan(5_000);
        importTwice("production", jobs);
    }

    private void importTwice(String name, List<Job> jobs) {
        var expected = jobs.stream().map(Job::milliGpuMillis).reduce(BigInteger.ZERO, BigInteger::add);
        try (var server = EmbeddedMongoServer.onDisk(directory.resolve(name + ".db"));
                var client = MongoClients.create(server.connectionString())) {
            var database = client.getDatabase("billing");
            long began = System.nanoTime();
            assertThat(ingest(database, jobs)).isEqualTo(jobs.size());
            var took = Duration.ofNanos(System.nanoTime() - began);
            System.out.printf("%s trace: %d jobs metered in %d ms%n", name, jobs.size(), took.toMillis());

            assertThat(total(database)).isEqualTo(expected);
            assertThat(ingest(database, jobs)).isZero();
            assertThat(total(database)).isEqualTo(expected);
        }
        try (var restarted = EmbeddedMongoServer.onDisk(directory.resolve(name + ".db"));
                var client = MongoClients.create(restarted.connectionString())) {
            assertThat(total(client.getDatabase("billing"))).isEqualTo(expected);
        }
    }

    private static long ingest(MongoDatabase database, List<Job> jobs) {
        var instance = Metered.on(database, BEGIN.plus(Duration.ofDays(150)));
        long accepted = 0;
        for (int from = 0; from < jobs.size(); from += BATCH) {
            var entries = jobs.subList(from, Math.min(jobs.size(), from + BATCH)).stream()
                    .map(TraceOnDiskTest::entry)
                    .toList();
            accepted += instance.ingest(entries).stream()
                    .filter(UsagePartition.Verdict.ACCEPTED::equals)
                    .count();
        }
        return accepted;
    }

    private static UsageEntry entry(Job job) {
        return UsageEntry.of(
                new TenantId("atlas-ai"),
                new UsageEvent.Occupation(
                        new UsageKey("/cluster/trace", job.name()),
                        CONTRACT,
                        Meter.GPU_HOUR,
                        new Period(BEGIN.plusSeconds(job.scheduled()), BEGIN.plusSeconds(job.deleted())),
                        job.milliGpus()),
                ZONE);
    }

    private static BigInteger total(MongoDatabase database) {
        var hours = Metered.on(database, BEGIN).hours();
        return Stream.iterate(YearMonth.of(2026, 1), month -> month.plusMonths(1))
                .limit(6)
                .flatMap(month -> hours.hours(CONTRACT, month, ZONE, Instant.MAX).values().stream())
                .map(quantities -> quantities.sum(Instant.MIN, Instant.MAX))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }
}
