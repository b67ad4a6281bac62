package menara.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import menara.platform.security.Role;
import menara.testkit.RunningService;
import menara.testkit.Seeds;
import menara.testkit.TestClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A trace of GPU jobs, sent in as usage and billed month by month for its whole span, against sums made straight from the jobs. */
class TraceInvoicedTest {

    private static final ZoneId ZONE = ZoneId.of("Africa/Casablanca");
    private static final Instant BEGIN = Instant.parse("2026-01-02T00:00:00Z");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int BATCH = 1_000;
    private static final BigDecimal PRICE = new BigDecimal("2.10");
    /** Of an hour of one GPU: thousandths of a GPU for milliseconds. */
    private static final BigDecimal PARTS = new BigDecimal("3600000000");

    private static final RunningService SERVICE = new RunningService(
            "billing", BillingApplication.class, new TestClock(Instant.parse("2026-06-15T12:00:00Z")));

    private record Job(String name, long scheduled, long deleted, long milliGpus) {}

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    @Test
    void a_trace_of_our_own_is_billed_to_the_cent() {
        long seed = Seeds.of(TraceInvoicedTest.class);
        var random = new Random(seed);
        bill(
                "own",
                Stream.generate(() -> {
                            long scheduled = random.nextLong(149 * 86_400L);
                            long deleted = scheduled + 1 + random.nextLong(149 * 86_400L - scheduled);
                            return new Job("job-" + random.nextLong(), scheduled, deleted, 1 + random.nextLong(8_000));
                        })
                        .limit(2_000)
                        .toList());
    }

    @Test
    void the_production_trace_is_billed_to_the_cent() throws IOException {
        var file = Path.of("../../../../shared/data/gpu-trace/openb_pod_list_default.csv");
        Assumptions.assumeTrue(Files.exists(file), "the trace does not come with the project");
        var jobs = new ArrayList<Job>();
        for (var line : Files.readAllLines(file).stream().skip(1).toList()) {
            var cells = line.split(",", -1);
            long gpus = Long.parseLong(cells[3]);
            if (gpus > 0 && !cells[10].isEmpty() && !cells[9].isEmpty() && !cells[9].equals(cells[10])) {
                jobs.add(new Job(
                        cells[0],
                        (long) Double.parseDouble(cells[10]),
                        (long) Double.parseDouble(cells[9]),
                        gpus * Long.parseLong(cells[4])));
            }
        }
        assertThat(jobs).hasSizeGreaterThan(5_000);
        bill("production", jobs);
    }

    private static void bill(String name, List<Job> jobs) {
        post(
                Role.BILLING_CLERK,
                "/api/billing/price-plans",
                BillingOverHttp.plan("plan-" + name, "USD", "2026-01-01T00:00:00Z"));
        var contract = post(
                        Role.BILLING_CLERK,
                        "/api/billing/contracts",
                        BillingOverHttp.contract(
                                "atlas-ai", "plan-" + name, "USD", "2026-01-01T00:00:00Z", ZONE.getId()))
                .get("contract")
                .asString();
        for (int from = 0; from < jobs.size(); from += BATCH) {
            send(name, contract, jobs.subList(from, Math.min(jobs.size(), from + BATCH)));
        }
        for (var month = YearMonth.of(2026, 1); !month.isAfter(YearMonth.of(2026, 6)); month = month.plusMonths(1)) {
            var expected = amount(jobs, month);
            var wanted = month;
            Awaitility.await(month.toString())
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThat(billed(contract, wanted))
                            .as("%s, %s", name, wanted)
                            .isEqualByComparingTo(expected));
        }
    }

    /** Straight from the jobs: what of each lies in the month of the contract's zone, exactly, rounded once. */
    private static BigDecimal amount(List<Job> jobs, YearMonth month) {
        var from = month.atDay(1).atStartOfDay(ZONE).toInstant();
        var until = month.plusMonths(1).atDay(1).atStartOfDay(ZONE).toInstant();
        var parts = BigInteger.ZERO;
        for (var job : jobs) {
            long begin = Math.max(
                    from.toEpochMilli(), BEGIN.plusSeconds(job.scheduled()).toEpochMilli());
            long end = Math.min(
                    until.toEpochMilli(), BEGIN.plusSeconds(job.deleted()).toEpochMilli());
            if (begin < end) {
                parts = parts.add(BigInteger.valueOf(end - begin).multiply(BigInteger.valueOf(job.milliGpus())));
            }
        }
        return new BigDecimal(parts).multiply(PRICE).divide(PARTS, 2, RoundingMode.HALF_EVEN);
    }

    private static BigDecimal billed(String contract, YearMonth month) {
        var preview = SERVICE.get(
                "/api/billing/invoices/preview?contract=%s&month=%s".formatted(contract, month), token(Role.FINANCE));
        assertThat(preview.status()).as(preview.text()).isEqualTo(200);
        var net = preview.body().at("/content/net/amount").asString();
        return new BigDecimal(net);
    }

    private static void send(String name, String contract, List<Job> jobs) {
        var events = jobs.stream()
                .map(job -> """
                        {"specversion":"1.0","type":"menara.usage.gpu.v1","source":"/cluster/%s","id":"%s","subject":"%s","time":"%s",
                         "data":{"meter":"gpu-hour","period":{"from":"%s","until":"%s"},"milliGpus":%d}}""".formatted(
                                name,
                                job.name(),
                                contract,
                                BEGIN.plusSeconds(job.deleted()),
                                BEGIN.plusSeconds(job.scheduled()),
                                BEGIN.plusSeconds(job.deleted()),
                                job.milliGpus()))
                .collect(Collectors.joining(",", "[", "]"));
        var answer = SERVICE.post(
                "/api/billing/usage?backfill=true",
                BillingOverHttp.meterOf(SERVICE, Role.USAGE_REPORTER, Role.USAGE_BACKFILL),
                (Object) events,
                "Content-Type",
                "application/cloudevents-batch+json");
        assertThat(answer.body().path("accepted").asInt()).as(answer.text()).isEqualTo(jobs.size());
    }

    private static JsonNode post(Role role, String path, String body) {
        var answer = SERVICE.post(path, token(role), body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.body();
    }

    private static String token(Role role) {
        return SERVICE.tokens().token("somebody", role);
    }
}
