package menara.billing.metering;

import static menara.billing.usage.log.UsagePartition.Verdict.ACCEPTED;
import static menara.billing.usage.log.UsagePartition.Verdict.TOO_OFTEN_CORRECTED;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoTimeoutException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import menara.billing.TestDatabases;
import menara.billing.metering.hours.HourLogs;
import menara.billing.meters.Meter;
import menara.billing.meters.Series;
import menara.billing.usage.events.UsageEntry;
import menara.billing.usage.events.UsageEvent;
import menara.billing.usage.events.UsageKey;
import menara.billing.usage.log.UsageLogs;
import menara.billing.usage.log.UsagePartition;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.TenantId;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever one reporter sends, and whatever stands in the log already, the usage of others is counted. */
class UsagePoisonTest {

    private static final TenantId PARTY = new TenantId("atlas-ai");
    private static final ContractId SICK = new ContractId(new UUID(1, 1));
    private static final ContractId WELL = new ContractId(new UUID(2, 2));
    private static final Instant NOW = Instant.parse("2026-04-01T00:00:00Z");
    private static final Instant THEN = Instant.parse("2026-03-10T10:00:00Z");
    private static final YearMonth MARCH = YearMonth.of(2026, 3);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final long HOUR = 3_600_000L;
    private static final int BATCH = 1_000;

    @Test
    void a_campus_reported_eleven_thousand_times_in_an_hour_is_counted_exactly_before_a_restart_and_after() {
        var database = TestDatabases.fresh();
        var instance = Metered.on(database, NOW);
        for (int batch = 0; batch < 11; batch++) {
            int first = batch * BATCH;
            instance.ingest(IntStream.range(first, first + BATCH)
                    .mapToObj(i -> gpus(SICK, "giant-" + i, UsageEvent.MAX_MILLI_GPUS))
                    .toList());
        }
        instance.ingest(List.of(gpus(WELL, "well", 1_000)));
        var giant = BigInteger.valueOf(UsageEvent.MAX_MILLI_GPUS)
                .multiply(BigInteger.valueOf(HOUR))
                .multiply(BigInteger.valueOf(11 * BATCH));
        assertThat(giant.bitLength()).as("more than a long holds").isGreaterThan(63);
        for (var one : List.of(instance, Metered.on(database, NOW))) {
            one.metering().countAll();
            assertThat(total(one, SICK)).isEqualTo(giant);
            assertThat(total(one, WELL)).isEqualTo(BigInteger.valueOf(1_000 * HOUR));
            assertThat(one.parked().all()).isEmpty();
        }
    }

    @Test
    void a_service_starts_on_a_log_with_such_hours_and_such_members_and_meters_another_tenant_within_seconds() {
        var database = TestDatabases.fresh();
        var before = Metered.on(database, NOW);
        for (int i = 0; i < 160; i++) {
            int first = i * BATCH;
            before.log()
                    .ingest(
                            IntStream.range(first, first + BATCH)
                                    .mapToObj(n -> member(SICK, "member-" + n))
                                    .toList(),
                            NOW);
        }
        for (int i = 0; i < 20; i++) {
            int first = i * BATCH;
            before.log()
                    .ingest(
                            IntStream.range(first, first + BATCH)
                                    .mapToObj(n -> gpus(SICK, "giant-" + n, UsageEvent.MAX_MILLI_GPUS))
                                    .toList(),
                            NOW);
        }
        var instance = Metered.on(database, NOW);
        instance.metering().start();
        try {
            instance.log().ingest(List.of(gpus(WELL, "well", 1_000)), NOW);
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> total(instance, WELL).equals(BigInteger.valueOf(1_000 * HOUR)));
            var members = Objects.requireNonNull(instance.hours()
                    .hours(SICK, MARCH, ZoneOffset.UTC, Instant.MAX)
                    .get(Series.of(Metered.USERS)));
            assertThat(members.sum(Instant.MIN, Instant.MAX))
                    .isEqualTo(BigInteger.valueOf(160_000L * Meter.MICROS_PER_UNIT));
            assertThat(instance.metering().lag()).isZero();
            assertThat(instance.metering().troubles()).isEmpty();
        } finally {
            instance.metering().stop();
        }
        var largest =
                database.getCollection("metered_hours", RawBsonDocument.class).find().into(new ArrayList<>()).stream()
                        .mapToInt(document -> document.getByteBuffer().remaining())
                        .max()
                        .orElseThrow();
        assertThat(largest).isLessThan(2 * HourLogs.MAX_DOCUMENT_BYTES);
    }

    @Test
    void a_contract_that_cannot_be_counted_is_parked_and_shown_and_played_again_and_the_others_are_counted() {
        var database = TestDatabases.fresh();
        Metered.on(database, NOW).log().ingest(List.of(member(SICK, "a"), gpus(SICK, "b", 5), gpus(WELL, "c", 7)), NOW);

        var forgetful = Metered.on(database, NOW, UsagePoisonTest::withoutUsers);
        forgetful.metering().countAll();
        assertThat(total(forgetful, WELL)).isEqualTo(BigInteger.valueOf(7 * HOUR));
        assertThat(total(forgetful, SICK)).isEqualTo(BigInteger.ZERO);
        assertThat(forgetful.metering().lag()).isZero();
        var parked = forgetful.metering().parked();
        assertThat(parked).hasSize(1);
        assertThat(parked.getFirst().type()).contains(SICK.toString());
        assertThat(parked.getFirst().error()).contains("users");

        // What comes later counts, and what is parked stays parked while its cause stays.
        forgetful.ingest(List.of(gpus(SICK, "d", 11)));
        assertThat(total(forgetful, SICK)).isEqualTo(BigInteger.valueOf(11 * HOUR));
        assertThat(forgetful.metering().replay(parked.getFirst().sequence())).isZero();
        assertThat(forgetful.metering().count()).isEqualTo(1);

        var mended = Metered.on(database, NOW);
        mended.metering().countAll();
        assertThat(mended.metering().replay(parked.getFirst().sequence())).isEqualTo(1);
        assertThat(mended.metering().replay(parked.getFirst().sequence())).isZero();
        assertThat(mended.metering().count()).isZero();
        assertThat(total(mended, SICK)).isEqualTo(BigInteger.valueOf(16 * HOUR + Meter.MICROS_PER_UNIT));
        assertThat(total(Metered.on(database, NOW), SICK)).isEqualTo(total(mended, SICK));
    }

    @Test
    void a_stretch_that_was_parked_just_before_a_restart_is_counted_by_the_restart_that_mends_it() {
        var database = TestDatabases.fresh();
        Metered.on(database, NOW).log().ingest(List.of(member(SICK, "a"), gpus(WELL, "b", 1)), NOW);
        var parking = Metered.on(database, NOW, UsagePoisonTest::withoutUsers);
        parking.metering().countAll();
        assertThat(parking.metering().count()).isEqualTo(1);
        var mended = Metered.on(database, NOW);
        mended.metering().countAll();
        assertThat(mended.metering().count()).isZero();
        assertThat(total(mended, SICK)).isEqualTo(BigInteger.valueOf(Meter.MICROS_PER_UNIT));
        assertThat(total(mended, WELL)).isEqualTo(BigInteger.valueOf(HOUR));
    }

    @Test
    void a_reading_that_was_parked_and_taken_back_meanwhile_does_not_count_when_it_is_played_again() {
        var database = TestDatabases.fresh();
        var parking = Metered.on(database, NOW, UsagePoisonTest::withoutUsers);
        Metered.on(database, NOW).log().ingest(List.of(member(SICK, "a"), member(SICK, "b")), NOW);
        parking.metering().countAll();
        parking.ingest(List.of(gpus(WELL, "later", 1)));
        var mended = Metered.on(database, NOW);
        mended.metering().countAll();
        mended.ingest(List.of(retracts(SICK, "gone", "a")));
        assertThat(total(mended, SICK)).isEqualTo(BigInteger.ZERO);

        mended.metering().replay(mended.metering().parked().getFirst().sequence());
        assertThat(total(mended, SICK)).isEqualTo(BigInteger.valueOf(Meter.MICROS_PER_UNIT));
        assertThat(total(Metered.on(database, NOW), SICK)).isEqualTo(BigInteger.valueOf(Meter.MICROS_PER_UNIT));
    }

    @Test
    void a_document_that_cannot_be_read_is_parked_and_what_stands_before_and_behind_it_is_counted() {
        var database = TestDatabases.fresh();
        var writing = Metered.on(database, NOW);
        writing.log().ingest(List.of(gpus(SICK, "before", 1)), NOW);
        writing.log().ingest(List.of(gpus(SICK, "broken", 2)), NOW);
        writing.log().ingest(List.of(gpus(WELL, "behind", 4)), NOW);
        int partition = UsageLogs.partitionOf(writing.log(), "/cluster/a");
        var log = database.getCollection("usage_log");
        var broken = new Document("_id", partition + "|1");
        var sound = Objects.requireNonNull(log.find(broken).first());
        log.replaceOne(broken, new Document(sound).append("events", new Binary(new byte[] {1, 127, 127, 127, 127})));

        var instance = Metered.on(database, NOW);
        instance.metering().countAll();
        assertThat(total(instance, SICK)).isEqualTo(BigInteger.valueOf(HOUR));
        assertThat(total(instance, WELL)).isEqualTo(BigInteger.valueOf(4 * HOUR));
        assertThat(instance.metering().parked()).hasSize(1);

        log.replaceOne(broken, sound);
        var mended = Metered.on(database, NOW);
        mended.metering().countAll();
        assertThat(total(mended, SICK)).as("parked until it is played").isEqualTo(BigInteger.valueOf(HOUR));
        assertThat(mended.metering()
                        .replay(mended.metering().parked().getFirst().sequence()))
                .isEqualTo(1);
        assertThat(total(mended, SICK)).isEqualTo(BigInteger.valueOf(3 * HOUR));
        assertThat(mended.metering().count()).isZero();
    }

    @Test
    void a_correction_that_could_not_be_read_while_another_took_its_place_never_counts() {
        for (boolean restarted : new boolean[] {true, false}) {
            var database = TestDatabases.fresh();
            var writing = Metered.on(database, NOW);
            writing.ingest(List.of(gpus(SICK, "a", 1)));
            writing.log().ingest(List.of(corrects(SICK, "b", "a", 2), corrects(SICK, "b2", "b", 4)), NOW);
            int partition = UsageLogs.partitionOf(writing.log(), "/cluster/a");
            var log = database.getCollection("usage_log");
            var broken = new Document("_id", partition + "|1");
            var sound = Objects.requireNonNull(log.find(broken).first());
            log.replaceOne(broken, new Document(sound).append("events", new Binary(new byte[] {1, 127})));
            var instance = Metered.on(database, NOW);
            instance.ingest(List.of(corrects(SICK, "c", "a", 8)));
            assertThat(total(instance, SICK)).isEqualTo(BigInteger.valueOf(8 * HOUR));

            log.replaceOne(broken, sound);
            var mended = restarted ? Metered.on(database, NOW) : instance;
            mended.metering().countAll();
            assertThat(mended.metering()
                            .replay(mended.metering().parked().getFirst().sequence()))
                    .isEqualTo(1);
            assertThat(total(mended, SICK)).as("restarted %s", restarted).isEqualTo(BigInteger.valueOf(8 * HOUR));
            for (var later : List.of(mended, Metered.on(database, NOW))) {
                later.metering().countAll();
                assertThat(later.ingest(List.of(corrects(SICK, "d" + later.hashCode(), "b", 16))))
                        .containsExactly(ACCEPTED);
                assertThat(total(later, SICK)).as("restarted %s", restarted).isEqualTo(BigInteger.valueOf(16 * HOUR));
            }
        }
    }

    @Test
    void what_instances_share_a_document_for_is_bounded_in_bytes_and_counted_in_bounded_pieces() {
        var database = TestDatabases.fresh();
        var instance = Metered.on(database, NOW);
        int senders = 24;
        java.util.concurrent.CompletableFuture.allOf(IntStream.range(0, senders)
                        .mapToObj(sender -> java.util.concurrent.CompletableFuture.runAsync(() -> instance.log()
                                .ingest(
                                        IntStream.range(0, 500)
                                                .mapToObj(n -> gpus(
                                                        SICK,
                                                        (sender + "-" + n + "-" + "é".repeat(256)).substring(0, 256),
                                                        1))
                                                .toList(),
                                        NOW)))
                        .toArray(java.util.concurrent.CompletableFuture[]::new))
                .join();
        var largest = database.getCollection("usage_log", RawBsonDocument.class).find().into(new ArrayList<>()).stream()
                .mapToInt(document -> document.getByteBuffer().remaining())
                .max()
                .orElseThrow();
        assertThat(largest).isLessThan(UsagePartition.MAX_BYTES_PER_DOCUMENT);
        var restarted = Metered.on(database, NOW);
        restarted.metering().countAll();
        assertThat(total(restarted, SICK)).isEqualTo(BigInteger.valueOf(senders * 500L * HOUR));
    }

    @Test
    void usage_corrected_a_thousand_times_over_is_counted_with_few_reads_and_its_last_correction_can_be_named() {
        var instance = Metered.on(TestDatabases.fresh(), NOW);
        instance.ingest(List.of(gpus(SICK, "0", 1)));
        for (int batch = 0; batch < 3; batch++) {
            int first = 1 + batch * BATCH;
            assertThat(instance.ingest(IntStream.range(first, first + BATCH)
                            .mapToObj(i -> corrects(SICK, Integer.toString(i), Integer.toString(i - 1), i))
                            .toList()))
                    .containsOnly(ACCEPTED);
        }
        assertThat(total(instance, SICK)).isEqualTo(BigInteger.valueOf(3 * BATCH * HOUR));
        assertThat(instance.ingest(List.of(corrects(SICK, "late", "0", 5)))).containsExactly(TOO_OFTEN_CORRECTED);
        assertThat(instance.ingest(List.of(corrects(SICK, "later", "3000", 5)))).containsExactly(ACCEPTED);
        assertThat(total(instance, SICK)).isEqualTo(BigInteger.valueOf(5 * HOUR));
        assertThat(instance.log()
                        .find(PARTY, new UsageKey("/cluster/a", "0"))
                        .orElseThrow()
                        .supersededBy())
                .isEqualTo(new UsageKey("/cluster/a", "1"));
    }

    @Test
    void a_correction_that_moves_usage_to_another_contract_takes_it_from_the_first_once() {
        var database = TestDatabases.fresh();
        var instance = Metered.on(database, NOW);
        instance.ingest(List.of(gpus(SICK, "a", 3), gpus(SICK, "b", 5), corrects(WELL, "c", "a", 3)));
        instance.metering().countAll();
        assertThat(total(instance, SICK)).isEqualTo(BigInteger.valueOf(5 * HOUR));
        assertThat(total(instance, WELL)).isEqualTo(BigInteger.valueOf(3 * HOUR));
    }

    @Test
    void counting_goes_on_after_whatever_exception_and_nobody_is_forgotten() {
        var told = new java.util.concurrent.CopyOnWriteArrayList<ContractId>();
        var calls = new AtomicInteger();
        var instance = Metered.on(TestDatabases.fresh(), NOW, Metered::meter, contract -> {
            int call = calls.incrementAndGet();
            if (call <= 2) {
                throw new MongoTimeoutException("no server");
            }
            if (call <= 4) {
                throw new IllegalStateException("a fault of ours");
            }
            told.addAll(contract);
        });
        instance.metering().start();
        try {
            instance.log().ingest(List.of(gpus(SICK, "a", 1)), NOW);
            Awaitility.await().atMost(LIMIT).until(() -> instance.metering().count() == 1);
            instance.log().ingest(List.of(gpus(WELL, "b", 1)), NOW);
            Awaitility.await().atMost(LIMIT).until(() -> told.contains(WELL));
            assertThat(instance.metering()
                            .replay(instance.metering().parked().getFirst().sequence()))
                    .isEqualTo(1);
            assertThat(told).contains(SICK, WELL);
            assertThat(total(instance, SICK)).isEqualTo(BigInteger.valueOf(HOUR));
            assertThat(instance.metering().troubles()).isEmpty();
        } finally {
            instance.metering().stop();
        }
    }

    @Test
    void when_nobody_counts_any_more_it_is_told_and_the_lag_grows() {
        var instance = Metered.on(TestDatabases.fresh(), NOW, Metered::meter, _ -> {
            throw new NoClassDefFoundError("as if");
        });
        instance.metering().start();
        instance.log().ingest(List.of(gpus(SICK, "a", 1)), NOW);
        Awaitility.await()
                .dontCatchUncaughtExceptions()
                .atMost(LIMIT)
                .until(() -> !instance.metering().troubles().isEmpty());
        assertThat(instance.metering().troubles().getFirst()).contains("NoClassDefFoundError");
        instance.log().ingest(List.of(gpus(SICK, "b", 1)), NOW);
        instance.metering().await(java.util.Map.of());
        assertThat(instance.metering().lag()).isEqualTo(2);
        instance.metering().stop();
    }

    private static Meter withoutUsers(String code) {
        if (code.equals(Metered.USERS.code())) {
            throw new IllegalStateException("there is no meter " + code);
        }
        return Metered.meter(code);
    }

    private static BigInteger total(Metered instance, ContractId contract) {
        return instance.total(contract, ZoneOffset.UTC, MARCH, 1, Instant.MAX);
    }

    private static UsageEntry gpus(ContractId contract, String id, long milliGpus) {
        return occupation(contract, id, milliGpus, null);
    }

    private static UsageEntry corrects(ContractId contract, String id, String corrected, long milliGpus) {
        return occupation(contract, id, milliGpus, corrected);
    }

    private static UsageEntry occupation(ContractId contract, String id, long milliGpus, @Nullable String supersedes) {
        return entry(new UsageEvent.Occupation(
                key(id),
                contract,
                Series.of(Meter.GPU_HOUR),
                new Period(THEN, THEN.plusMillis(HOUR)),
                milliGpus,
                supersedes));
    }

    private static UsageEntry member(ContractId contract, String id) {
        return entry(new UsageEvent.Reading(
                key(id),
                contract,
                Series.of(Metered.USERS),
                new Period(THEN, THEN.plusMillis(1)),
                0,
                "who-" + id,
                null));
    }

    private static UsageEntry retracts(ContractId contract, String id, String retracted) {
        return entry(new UsageEvent.Retraction(key(id), contract, retracted));
    }

    private static UsageKey key(String id) {
        return new UsageKey("/cluster/a", id);
    }

    private static UsageEntry entry(UsageEvent event) {
        return UsageEntry.of(PARTY, event, ZoneOffset.UTC);
    }
}
