package menara.billing.metering;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import menara.billing.TestDatabases;
import menara.billing.catalogue.Meter;
import menara.billing.metering.UsageRegister.Verdict;
import menara.values.ContractId;
import menara.values.Period;
import org.junit.jupiter.api.Test;

/** Nothing lost and nothing counted twice: at a crash after any step, and with instances that race. */
class UsageJournalTest {

    private static final ZoneId ZONE = ZoneId.of("Africa/Casablanca");
    private static final Instant NOW = Instant.parse("2026-04-01T00:00:00Z");
    private static final ContractId ATLAS = new ContractId(new UUID(1, 1));
    private static final ContractId RIF = new ContractId(new UUID(1, 2));
    private static final List<YearMonth> MONTHS =
            List.of(YearMonth.of(2026, 1), YearMonth.of(2026, 2), YearMonth.of(2026, 3));
    private static final int RACE_ROUNDS = 100;

    /** One running billing service; a second one on the same database is another instance, or the same one restarted. */
    private record Instance(UsageJournal journal, UsageRegister register, MeteredHours hours) {

        static Instance on(MongoDatabase database, Instant now) {
            var register = new UsageRegister(database);
            var hours = new MeteredHours(database);
            return new Instance(
                    new UsageJournal(database, register, hours, _ -> {}, Clock.fixed(now, ZoneOffset.UTC)),
                    register,
                    hours);
        }

        static Instance on(MongoDatabase database) {
            return on(database, NOW);
        }

        Map<String, SortedMap<Instant, BigInteger>> allHours() {
            return hoursAsOf(Instant.MAX);
        }

        Map<String, SortedMap<Instant, BigInteger>> hoursAsOf(Instant asOf) {
            var all = new TreeMap<String, SortedMap<Instant, BigInteger>>();
            for (var contract : List.of(ATLAS, RIF)) {
                for (var month : MONTHS) {
                    all.put(contract + " " + month, hours.hours(contract, month, Meter.GPU_HOUR, asOf));
                }
            }
            return all;
        }

        BigInteger total() {
            return allHours().values().stream()
                    .flatMap(hours -> hours.values().stream())
                    .reduce(BigInteger.ZERO, BigInteger::add);
        }
    }

    @Test
    void after_a_crash_at_any_step_the_batch_counts_once_and_in_full() {
        var batch = batch(
                item(ATLAS, "job-1", "2026-01-10T08:20:00Z", "2026-02-03T10:00:00.123Z", 2_500),
                item(RIF, "job-2", "2026-02-28T22:00:00Z", "2026-03-01T02:00:00Z", 1_000),
                item(ATLAS, "job-1", "2026-01-10T08:20:00Z", "2026-02-03T10:00:00.123Z", 2_500),
                item(ATLAS, "job-3", "2026-03-21T00:00:00Z", "2026-03-23T00:00:00Z", 8_000));
        var half = new UsageBatch(batch.id(), batch.receivedAt(), batch.items().subList(0, 2));
        List<Consumer<Instance>> crashes = List.of(
                instance -> instance.journal().write(batch),
                instance -> {
                    instance.journal().write(batch);
                    instance.register().claim(half);
                },
                instance -> {
                    instance.journal().write(batch);
                    instance.register().claim(batch);
                },
                instance -> {
                    instance.journal().write(batch);
                    instance.register().claim(batch);
                    var contributions = HourlyContribution.of(
                            batch.id(),
                            List.of(
                                    batch.items().get(0),
                                    batch.items().get(1),
                                    batch.items().get(3)));
                    instance.hours().add(contributions.subList(0, 2), NOW);
                },
                instance -> {
                    instance.journal().write(batch);
                    instance.journal().count(batch, instance.register().claim(batch));
                },
                instance -> instance.journal().take(batch));
        var undisturbed = Instance.on(TestDatabases.fresh());
        assertThat(undisturbed.journal().take(batch))
                .containsExactly(Verdict.ACCEPTED, Verdict.ACCEPTED, Verdict.DUPLICATE, Verdict.ACCEPTED);

        for (int step = 0; step < crashes.size(); step++) {
            var database = TestDatabases.fresh();
            crashes.get(step).accept(Instance.on(database));
            var restarted = Instance.on(database);
            int leftOver = restarted.journal().completeLeftOver(Instant.MAX);

            assertThat(leftOver).as("step %d", step).isEqualTo(step < crashes.size() - 1 ? 1 : 0);
            assertThat(restarted.allHours()).as("step %d", step).isEqualTo(undisturbed.allHours());
            assertThat(database.getCollection("usage_journal").countDocuments()).isZero();
            assertThat(database.getCollection("usage").countDocuments()).isEqualTo(3);
            // The producer, who got no answer, sends everything again.
            assertThat(restarted.journal().take(renewed(batch))).containsOnly(Verdict.DUPLICATE);
            assertThat(Instance.on(database).allHours()).as("step %d", step).isEqualTo(undisturbed.allHours());
        }
    }

    @Test
    void the_sum_of_the_hours_is_the_exact_quantity_of_the_events() {
        var instance = Instance.on(TestDatabases.fresh());
        instance.journal()
                .take(batch(
                        item(ATLAS, "job-1", "2026-01-10T08:20:00Z", "2026-03-30T10:00:00.123Z", 2_500),
                        item(RIF, "job-2", "2026-02-28T22:00:00Z", "2026-03-01T02:00:00Z", 460)));
        long first = Instant.parse("2026-03-30T10:00:00.123Z").toEpochMilli()
                - Instant.parse("2026-01-10T08:20:00Z").toEpochMilli();
        assertThat(instance.total()).isEqualTo(BigInteger.valueOf(first * 2_500 + 4 * 3_600_000L * 460));
    }

    @Test
    void the_same_event_with_other_content_is_refused_listed_and_changes_nothing() {
        var instance = Instance.on(TestDatabases.fresh());
        var original = item(ATLAS, "job-1", "2026-01-10T08:00:00Z", "2026-01-10T09:00:00Z", 1_000);
        var other = item(ATLAS, "job-1", "2026-01-10T08:00:00Z", "2026-01-10T09:00:00Z", 4_000);
        assertThat(instance.journal().take(batch(original, other))).containsExactly(Verdict.ACCEPTED, Verdict.CONFLICT);
        assertThat(instance.journal().take(batch(other, original)))
                .containsExactly(Verdict.CONFLICT, Verdict.DUPLICATE);

        assertThat(instance.total()).isEqualTo(BigInteger.valueOf(3_600_000_000L));
        var registered = instance.register().find(original.event().key()).orElseThrow();
        assertThat(registered.counted()).isEqualTo(original);
        assertThat(registered.conflicts())
                .extracting(UsageRegister.Refused::event)
                .containsExactly(other.event());
    }

    @Test
    void hours_are_read_as_they_were_known_on_any_date() {
        var database = TestDatabases.fresh();
        var event = item(ATLAS, "job-1", "2026-01-10T08:00:00Z", "2026-01-10T09:00:00Z", 1_000);
        var late = item(ATLAS, "job-2", "2026-01-10T08:30:00Z", "2026-01-10T09:00:00Z", 1_000);
        Instance.on(database, NOW).journal().take(batch(event));
        Instance.on(database, NOW.plusSeconds(60)).journal().take(batch(late));

        var reader = Instance.on(database);
        var hour = Instant.parse("2026-01-10T08:00:00Z");
        var january = ATLAS + " 2026-01";
        assertThat(reader.hoursAsOf(NOW.minusMillis(1)).get(january)).isEmpty();
        assertThat(reader.hoursAsOf(NOW).get(january)).containsExactly(Map.entry(hour, big(3_600_000_000L)));
        assertThat(reader.hoursAsOf(NOW.plusSeconds(60)).get(january))
                .containsExactly(Map.entry(hour, big(5_400_000_000L)));
    }

    @Test
    void what_lay_in_the_journal_becomes_known_when_it_is_counted() {
        var database = TestDatabases.fresh();
        Instance.on(database, NOW)
                .journal()
                .write(batch(item(ATLAS, "job-1", "2026-01-10T08:00:00Z", "2026-01-10T09:00:00Z", 1_000)));
        var restartedAt = NOW.plusSeconds(3_600);
        var restarted = Instance.on(database, restartedAt);
        restarted.journal().completeLeftOver(Instant.MAX);
        assertThat(restarted.hoursAsOf(restartedAt.minusMillis(1)).get(ATLAS + " 2026-01"))
                .isEmpty();
        assertThat(restarted.hoursAsOf(restartedAt).get(ATLAS + " 2026-01")).hasSize(1);
    }

    @Test
    void two_instances_that_take_the_same_events_at_once_count_them_once() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("UsageJournalTest race seed " + seed);
        var random = new Random(seed);
        for (int round = 0; round < RACE_ROUNDS; round++) {
            var database = TestDatabases.fresh();
            var items = new ArrayList<UsageBatch.Item>();
            for (int i = 0; i < 12; i++) {
                items.add(item(
                        i % 2 == 0 ? ATLAS : RIF,
                        "job-" + i,
                        "2026-01-10T08:00:00Z",
                        "2026-02-01T0%d:00:00Z".formatted(i % 10),
                        1_000));
            }
            var reversed = new ArrayList<>(items.reversed());
            Collections.shuffle(reversed, random);
            var verdicts = race(
                    database,
                    new UsageBatch(UUID.randomUUID(), NOW, items),
                    new UsageBatch(UUID.randomUUID(), NOW, reversed));
            var expected = Instance.on(TestDatabases.fresh());
            expected.journal().take(new UsageBatch(UUID.randomUUID(), NOW, items));

            assertThat(verdicts)
                    .filteredOn(Verdict.ACCEPTED::equals)
                    .as("seed %d round %d", seed, round)
                    .hasSize(12);
            assertThat(verdicts).filteredOn(Verdict.DUPLICATE::equals).hasSize(12);
            assertThat(Instance.on(database).allHours())
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(expected.allHours());
        }
    }

    @Test
    void of_two_contents_sent_at_once_one_counts_and_the_other_is_refused() throws Exception {
        for (int round = 0; round < RACE_ROUNDS; round++) {
            var database = TestDatabases.fresh();
            var one = item(ATLAS, "job-1", "2026-01-10T08:00:00Z", "2026-01-10T09:00:00Z", 1_000);
            var other = item(ATLAS, "job-1", "2026-01-10T08:00:00Z", "2026-01-10T09:00:00Z", 3_000);
            var verdicts = race(database, batch(one), batch(other));

            assertThat(verdicts).containsExactlyInAnyOrder(Verdict.ACCEPTED, Verdict.CONFLICT);
            var winner = verdicts.getFirst() == Verdict.ACCEPTED ? one : other;
            var reader = Instance.on(database);
            assertThat(reader.total()).isEqualTo(big(3_600_000L * winner.event().milliGpus()));
            assertThat(reader.register().find(one.event().key()).orElseThrow().conflicts())
                    .hasSize(1);
        }
    }

    @Test
    void a_batch_completed_by_two_instances_at_once_counts_once() throws Exception {
        for (int round = 0; round < RACE_ROUNDS; round++) {
            var database = TestDatabases.fresh();
            var batch = batch(
                    item(ATLAS, "job-1", "2026-01-10T08:00:00Z", "2026-03-10T09:00:00Z", 1_000),
                    item(RIF, "job-2", "2026-01-10T08:00:00Z", "2026-01-10T09:00:00Z", 1_000));
            Instance.on(database).journal().write(batch);
            concurrently(
                    () -> Instance.on(database).journal().completeLeftOver(Instant.MAX),
                    () -> Instance.on(database).journal().completeLeftOver(Instant.MAX));
            var expected = Instance.on(TestDatabases.fresh());
            expected.journal().take(batch);
            assertThat(Instance.on(database).allHours()).isEqualTo(expected.allHours());
            assertThat(database.getCollection("usage_journal").countDocuments()).isZero();
        }
    }

    @Test
    void instances_that_add_different_batches_to_one_month_lose_none() throws Exception {
        var database = TestDatabases.fresh();
        var one = Instance.on(database);
        var other = Instance.on(database);
        int batches = 100;
        concurrently(() -> takeMany(one, "one", batches), () -> takeMany(other, "other", batches));
        assertThat(Instance.on(database).total()).isEqualTo(big(2L * batches * 3_600_000_000L));
        assertThat(one.total()).isEqualTo(other.total());
    }

    private static void takeMany(Instance instance, String name, int batches) {
        for (int i = 0; i < batches; i++) {
            instance.journal()
                    .take(batch(item(ATLAS, name + i, "2026-01-10T08:00:00Z", "2026-01-10T09:00:00Z", 1_000)));
        }
    }

    private static List<Verdict> race(MongoDatabase database, UsageBatch one, UsageBatch other) throws Exception {
        var first = Instance.on(database);
        var second = Instance.on(database);
        var verdicts = new TreeMap<Integer, List<Verdict>>();
        concurrently(
                () -> {
                    var taken = first.journal().take(one);
                    synchronized (verdicts) {
                        verdicts.put(1, taken);
                    }
                },
                () -> {
                    var taken = second.journal().take(other);
                    synchronized (verdicts) {
                        verdicts.put(2, taken);
                    }
                });
        return verdicts.values().stream().flatMap(List::stream).toList();
    }

    private static void concurrently(Runnable one, Runnable other)
            throws InterruptedException, ExecutionException, TimeoutException {
        var start = new CyclicBarrier(2);
        try (var executor = Executors.newFixedThreadPool(2)) {
            var futures = List.of(one, other).stream()
                    .map(task -> executor.submit(() -> {
                        start.await(10, TimeUnit.SECONDS);
                        task.run();
                        return null;
                    }))
                    .toList();
            for (var future : futures) {
                future.get(60, TimeUnit.SECONDS);
            }
        }
    }

    private static BigInteger big(long value) {
        return BigInteger.valueOf(value);
    }

    private static UsageBatch batch(UsageBatch.Item... items) {
        return new UsageBatch(UUID.randomUUID(), NOW, List.of(items));
    }

    private static UsageBatch renewed(UsageBatch batch) {
        return new UsageBatch(UUID.randomUUID(), NOW.plusSeconds(5), batch.items());
    }

    private static UsageBatch.Item item(ContractId contract, String id, String from, String until, long milliGpus) {
        return new UsageBatch.Item(
                new UsageEvent(
                        new UsageKey("/cluster/a", id),
                        contract,
                        Meter.GPU_HOUR,
                        new Period(Instant.parse(from), Instant.parse(until)),
                        milliGpus),
                ZONE);
    }
}
