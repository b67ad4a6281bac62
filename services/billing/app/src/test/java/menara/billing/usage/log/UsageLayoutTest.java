package menara.billing.usage.log;

import static menara.billing.usage.log.UsagePartition.Verdict.ACCEPTED;
import static menara.billing.usage.log.UsagePartition.Verdict.DUPLICATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import java.math.BigInteger;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import menara.billing.TestDatabases;
import menara.billing.metering.Metered;
import menara.billing.meters.Meter;
import menara.billing.meters.Series;
import menara.billing.usage.events.UsageEntry;
import menara.billing.usage.events.UsageEvent;
import menara.billing.usage.events.UsageKey;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.TenantId;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The usage log goes on in more partitions, and an event still counts once for all time. */
class UsageLayoutTest {

    private static final TenantId PARTY = new TenantId("atlas-ai");
    private static final ContractId CONTRACT = new ContractId(new UUID(1, 1));
    private static final Instant NOW = Instant.parse("2026-04-01T00:00:00Z");
    private static final Period HOUR = new Period(NOW.minusSeconds(7_200), NOW.minusSeconds(3_600));
    private static final long MILLIS_PER_HOUR = 3_600_000;
    private static final int EVENTS = 60;
    private static final int SOURCES = 12;
    private static final int RACE_ROUNDS = 20;

    @Test
    void usage_of_before_is_known_and_corrected_in_the_partitions_of_after() {
        var database = TestDatabases.fresh();
        metered(database, 4).ingest(events(0, EVENTS));

        var grown = metered(database, 8);
        assertThat(grown.log().partitions()).hasSize(4 + 8);
        assertThat(grown.ingest(events(0, EVENTS))).containsOnly(DUPLICATE);
        assertThat(grown.ingest(List.of(correction("again", 0, 100)))).containsExactly(ACCEPTED);
        grown.ingest(events(EVENTS, 2 * EVENTS));
        var expected = hours(2 * EVENTS + 99);
        assertThat(total(grown)).isEqualTo(expected);

        var twice = metered(database, 16);
        assertThat(twice.ingest(events(0, 2 * EVENTS))).containsOnly(DUPLICATE);
        assertThat(twice.ingest(List.of(correction("once-more", 0, 1)))).containsExactly(ACCEPTED);
        assertThat(total(twice)).isEqualTo(hours(2 * EVENTS));
        assertThat(twice.lag()).isZero();
    }

    @Test
    void usage_that_was_not_counted_when_the_log_grew_counts_once() {
        var database = TestDatabases.fresh();
        metered(database, 4).log().ingest(events(0, EVENTS), NOW);
        var grown = metered(database, 8);
        grown.log().ingest(List.of(correction("again", 0, 100)), NOW);
        grown.countAll();
        assertThat(total(grown)).isEqualTo(hours(EVENTS + 99));
        grown.countAll();
        assertThat(total(metered(database, 8))).isEqualTo(hours(EVENTS + 99));
    }

    @Test
    void growing_that_was_broken_off_anywhere_is_completed_by_whoever_comes_next() {
        for (int closed = 0; closed <= UsageLayout.FIRST; closed++) {
            var database = TestDatabases.fresh();
            var dying = metered(database, 4);
            dying.ingest(events(0, EVENTS));
            database.getCollection("usage_layout").insertOne(new Document("_id", 1).append("partitions", 8));
            dying.log().partitions().subList(0, closed).forEach(UsagePartition::close);

            var next = metered(database, 4);
            assertThat(next.ingest(events(0, EVENTS + 1)))
                    .as("%d closed", closed)
                    .contains(ACCEPTED)
                    .containsOnlyOnce(ACCEPTED);
            assertThat(total(next)).as("%d closed", closed).isEqualTo(hours(EVENTS + 1));
        }
    }

    @Test
    void an_instance_that_does_not_know_of_it_goes_on_where_the_log_goes_on() {
        for (int round = 0; round < RACE_ROUNDS; round++) {
            var database = TestDatabases.fresh();
            var one = metered(database, 4);
            var other = metered(database, 4);
            var verdicts = Collections.synchronizedList(new ArrayList<UsagePartition.Verdict>());
            CompletableFuture.allOf(
                            CompletableFuture.runAsync(() -> inPieces(one, verdicts)),
                            CompletableFuture.runAsync(() -> inPieces(other, verdicts)),
                            CompletableFuture.runAsync(() -> metered(database, 8)))
                    .join();
            assertThat(verdicts.stream().filter(ACCEPTED::equals))
                    .as("round %d", round)
                    .hasSize(EVENTS);
            one.countAll();
            assertThat(total(one)).as("round %d", round).isEqualTo(hours(EVENTS));
            assertThat(one.log().partitions()).hasSize(4 + 8);
        }
    }

    private static void inPieces(Metered instance, List<UsagePartition.Verdict> verdicts) {
        for (int from = 0; from < EVENTS; from += 5) {
            verdicts.addAll(instance.ingest(events(from, from + 5)));
        }
    }

    @Test
    void partitions_become_a_multiple_of_what_they_are_and_never_fewer() {
        var database = TestDatabases.fresh();
        assertThatThrownBy(() -> metered(database, 6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("multiple of 4");
        assertThatThrownBy(() -> metered(database, 128))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 64");
        metered(database, 8);
        assertThat(metered(database, 4).log().partitions()).hasSize(4 + 8);
    }

    private static Metered metered(MongoDatabase database, int partitions) {
        return Metered.on(database, NOW, Metered::meter, _ -> {}, partitions);
    }

    private static BigInteger total(Metered instance) {
        return instance.total(CONTRACT, ZoneOffset.UTC, YearMonth.of(2026, 3), 1, Instant.MAX);
    }

    private static BigInteger hours(long milliGpus) {
        return BigInteger.valueOf(milliGpus * MILLIS_PER_HOUR);
    }

    private static List<UsageEntry> events(int from, int until) {
        return IntStream.range(from, until)
                .mapToObj(i -> entry("/cluster/" + i % SOURCES, "job-" + i, 1, null))
                .toList();
    }

    private static UsageEntry correction(String id, int of, long milliGpus) {
        return entry("/cluster/" + of % SOURCES, id, milliGpus, "job-" + of);
    }

    private static UsageEntry entry(String source, String id, long milliGpus, @Nullable String supersedes) {
        return UsageEntry.of(
                PARTY,
                new UsageEvent.Occupation(
                        new UsageKey(source, id), CONTRACT, Series.of(Meter.GPU_HOUR), HOUR, milliGpus, supersedes),
                ZoneOffset.UTC);
    }
}
