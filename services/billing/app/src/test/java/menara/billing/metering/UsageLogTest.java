package menara.billing.metering;

import static menara.billing.usage.log.UsagePartition.Verdict.ACCEPTED;
import static menara.billing.usage.log.UsagePartition.Verdict.CONFLICT;
import static menara.billing.usage.log.UsagePartition.Verdict.DUPLICATE;
import static menara.billing.usage.log.UsagePartition.Verdict.NOTHING_TO_SUPERSEDE;
import static menara.billing.usage.log.UsagePartition.Verdict.RETRACTED;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import java.math.BigInteger;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import menara.billing.TestDatabases;
import menara.billing.metering.hours.Contribution;
import menara.billing.meters.Meter;
import menara.billing.meters.Series;
import menara.billing.usage.events.Hash128;
import menara.billing.usage.events.UsageCodec;
import menara.billing.usage.events.UsageEntry;
import menara.billing.usage.events.UsageEvent;
import menara.billing.usage.events.UsageKey;
import menara.billing.usage.log.UsageLogs;
import menara.billing.usage.log.UsagePartition;
import menara.testkit.Seeds;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.TenantId;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Usage counts once and in full, whatever crashes and whoever else takes it in at the same time. */
class UsageLogTest {

    private static final TenantId PARTY = new TenantId("atlas-ai");
    private static final ContractId ATLAS = new ContractId(new UUID(1, 1));
    private static final ZoneId CASABLANCA = ZoneId.of("Africa/Casablanca");
    private static final Instant NOW = Instant.parse("2026-04-01T00:00:00Z");
    private static final YearMonth JANUARY = YearMonth.of(2026, 1);
    private static final int RACE_ROUNDS = 50;
    private static final long HOUR = 3_600_000L;

    @Test
    void the_hours_sum_to_the_exact_quantity_and_sending_again_changes_nothing() {
        var database = TestDatabases.fresh();
        var instance = Metered.on(database, NOW);
        var jobs = List.of(
                job("job-1", "2026-01-10T08:20:00Z", "2026-02-03T10:00:00.123Z", 2_500),
                job("job-1", "2026-01-10T08:20:00Z", "2026-02-03T10:00:00.123Z", 2_500),
                job("job-1", "2026-01-10T08:20:00Z", "2026-02-03T10:00:00.123Z", 9_999),
                job("job-2", "2026-03-21T00:00:00Z", "2026-03-23T00:00:00Z", 8_000));
        assertThat(instance.ingest(jobs)).containsExactly(ACCEPTED, DUPLICATE, CONFLICT, ACCEPTED);
        var expected = quantity(jobs.get(0)).add(quantity(jobs.get(3)));
        assertThat(total(instance)).isEqualTo(expected);
        var restarted = Metered.on(database, NOW);
        assertThat(restarted.ingest(jobs)).containsExactly(DUPLICATE, DUPLICATE, CONFLICT, DUPLICATE);
        assertThat(total(restarted)).isEqualTo(expected);
    }

    @Test
    void after_a_crash_between_any_two_steps_everything_counts_once() {
        var jobs = IntStream.range(0, 40)
                .mapToObj(
                        i -> job("job-" + i, "2026-01-%02dT00:00:00Z".formatted(1 + i % 28), "2026-02-20T00:00:00Z", i))
                .toList();
        var undisturbed = Metered.on(TestDatabases.fresh(), NOW);
        undisturbed.ingest(jobs);
        int partition = UsageLogs.partitionOf(undisturbed.log(), "/cluster/a");
        var batch = new Document("_id", partition).append("from", 0).append("until", 1);

        List<java.util.function.BiConsumer<MongoDatabase, Metered>> crashes = List.of(
                (_, _) -> {}, // accepted, and nothing more
                (database, _) -> database.getCollection("usage_metering").insertOne(new Document(batch)),
                (database, instance) -> {
                    database.getCollection("usage_metering").insertOne(new Document(batch));
                    var contributions = Contribution.of(jobs, _ -> jobs.getFirst());
                    instance.hours().add(Map.of(partition + ":0", contributions.subList(0, 1)), NOW);
                },
                (_, instance) -> instance.metering().countAll());
        for (var crash : crashes) {
            var database = TestDatabases.fresh();
            var crashed = Metered.on(database, NOW);
            crashed.log().ingest(jobs, NOW);
            crash.accept(database, crashed);

            var restarted = Metered.on(database, NOW);
            restarted.metering().countAll();
            assertThat(total(restarted)).isEqualTo(total(undisturbed));
            assertThat(restarted.ingest(jobs)).containsOnly(DUPLICATE);
            assertThat(total(restarted)).isEqualTo(total(undisturbed));
        }
    }

    @Test
    void a_correction_takes_the_place_of_the_original_and_a_retraction_of_both() {
        var database = TestDatabases.fresh();
        var instance = Metered.on(database, NOW);
        var original = job("job-1", "2026-01-10T00:00:00Z", "2026-01-10T10:00:00Z", 1_000);
        var corrected = corrects("job-1b", "job-1", 3_000);
        instance.ingest(List.of(original));
        assertThat(instance.ingest(List.of(corrected, corrects("x", "nobody", 1))))
                .containsExactly(ACCEPTED, NOTHING_TO_SUPERSEDE);
        assertThat(total(instance)).isEqualTo(BigInteger.valueOf(30_000 * HOUR));
        assertThat(instance.ingest(List.of(corrected))).containsExactly(DUPLICATE);
        // Naming the original again corrects its correction: there is one line of succession.
        instance.ingest(List.of(corrects("job-1c", "job-1", 2_000)));
        assertThat(total(instance)).isEqualTo(BigInteger.valueOf(20_000 * HOUR));

        var story =
                instance.log().find(PARTY, new UsageKey("/cluster/a", "job-1")).orElseThrow();
        assertThat(story.entry().event())
                .as("the original stays readable")
                .isInstanceOfSatisfying(
                        UsageEvent.Occupation.class,
                        first -> assertThat(first.milliGpus()).isEqualTo(1_000));
        assertThat(story.supersededBy()).isEqualTo(new UsageKey("/cluster/a", "job-1b"));

        instance.ingest(List.of(retracts("gone", "job-1")));
        assertThat(total(instance)).isEqualTo(BigInteger.ZERO);
        var restarted = Metered.on(database, NOW);
        assertThat(restarted.ingest(List.of(corrects("job-1d", "job-1", 1)))).containsExactly(RETRACTED);
        assertThat(total(restarted)).isEqualTo(BigInteger.ZERO);
    }

    @Test
    void hours_are_read_as_they_were_known_on_any_date() {
        var database = TestDatabases.fresh();
        Metered.on(database, NOW).ingest(List.of(job("a", "2026-01-10T00:00:00Z", "2026-01-10T01:00:00Z", 1_000)));
        var later = Metered.on(database, NOW.plusSeconds(60));
        later.ingest(List.of(corrects("b", "a", 5_000)));
        assertThat(later.total(ATLAS, CASABLANCA, JANUARY, 3, NOW.plusSeconds(59)))
                .isEqualTo(BigInteger.valueOf(1_000 * HOUR));
        assertThat(later.total(ATLAS, CASABLANCA, JANUARY, 3, NOW.plusSeconds(60)))
                .isEqualTo(BigInteger.valueOf(50_000 * HOUR));
        assertThat(later.total(ATLAS, CASABLANCA, JANUARY, 3, NOW.minusSeconds(1)))
                .isEqualTo(BigInteger.ZERO);
    }

    @Test
    void two_instances_that_take_the_same_events_at_once_count_them_once() {
        long seed = Seeds.of(UsageLogTest.class);
        var random = new Random(seed);
        for (int round = 0; round < RACE_ROUNDS; round++) {
            var database = TestDatabases.fresh();
            var one = Metered.on(database, NOW);
            var other = Metered.on(database, NOW);
            var jobs = new ArrayList<UsageEntry>();
            for (int i = 0; i < 30; i++) {
                jobs.add(job("job-" + i, "2026-01-10T00:00:00Z", "2026-02-10T00:00:00Z", 1 + random.nextInt(8_000)));
            }
            var shuffled = new ArrayList<>(jobs);
            Collections.shuffle(shuffled, random);
            var accepted = Collections.synchronizedList(new ArrayList<UsagePartition.Verdict>());
            CompletableFuture.allOf(
                            CompletableFuture.runAsync(() -> inPieces(one, jobs, accepted)),
                            CompletableFuture.runAsync(() -> inPieces(other, shuffled, accepted)))
                    .join();
            assertThat(accepted).as("seed %d round %d", seed, round).hasSize(60);
            assertThat(accepted.stream().filter(ACCEPTED::equals)).hasSize(30);
            var expected = jobs.stream().map(UsageLogTest::quantity).reduce(BigInteger.ZERO, BigInteger::add);
            assertThat(total(Metered.on(database, NOW)))
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(expected);
            one.metering().countAll();
            assertThat(total(one)).as("seed %d round %d", seed, round).isEqualTo(expected);
        }
    }

    private static void inPieces(Metered instance, List<UsageEntry> jobs, List<UsagePartition.Verdict> verdicts) {
        for (int from = 0; from < jobs.size(); from += 5) {
            verdicts.addAll(instance.ingest(jobs.subList(from, from + 5)));
        }
    }

    @Test
    void what_is_stored_is_read_back_as_it_was() {
        var entries = List.of(
                job("é-1", "2026-01-10T00:00:00Z", "2026-01-10T01:00:00Z", 7),
                retracts("b", "é-1").superseding(new Hash128(1, -2)),
                UsageEntry.of(
                        PARTY,
                        new UsageEvent.Reading(
                                new UsageKey("/cluster/b", "r"),
                                ATLAS,
                                Series.of(Metered.STORAGE, "class=hot"),
                                new Period(NOW, NOW.plusMillis(1)),
                                123_456_789,
                                "who",
                                null),
                        CASABLANCA));
        assertThat(UsageCodec.decode(UsageCodec.encode(entries), Metered::meter, (_, cause) -> {
                    throw cause;
                }))
                .isEqualTo(entries);
    }

    private static BigInteger total(Metered instance) {
        return instance.total(ATLAS, CASABLANCA, JANUARY, 3, Instant.MAX);
    }

    private static BigInteger quantity(UsageEntry entry) {
        var job = (UsageEvent.Occupation) entry.event();
        return BigInteger.valueOf(job.period().duration().toMillis() * job.milliGpus());
    }

    private static UsageEntry job(String id, String from, String until, long milliGpus) {
        return entry(id, from, until, milliGpus, null);
    }

    private static UsageEntry corrects(String id, String corrected, long milliGpus) {
        return entry(id, "2026-01-10T00:00:00Z", "2026-01-10T10:00:00Z", milliGpus, corrected);
    }

    private static UsageEntry retracts(String id, String retracted) {
        return UsageEntry.of(
                PARTY, new UsageEvent.Retraction(new UsageKey("/cluster/a", id), ATLAS, retracted), CASABLANCA);
    }

    private static UsageEntry entry(String id, String from, String until, long milliGpus, @Nullable String supersedes) {
        return UsageEntry.of(
                PARTY,
                new UsageEvent.Occupation(
                        new UsageKey("/cluster/a", id),
                        ATLAS,
                        Series.of(Meter.GPU_HOUR),
                        new Period(Instant.parse(from), Instant.parse(until)),
                        milliGpus,
                        supersedes),
                CASABLANCA);
    }
}
