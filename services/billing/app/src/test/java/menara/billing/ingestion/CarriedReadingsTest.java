package menara.billing.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import menara.billing.TestDatabases;
import menara.billing.metering.Metered;
import menara.billing.metering.hours.HourlyQuantities;
import menara.billing.meters.Aggregation;
import menara.billing.meters.Meter;
import menara.billing.meters.Series;
import menara.billing.usage.events.UsageEntry;
import menara.billing.usage.events.UsageEvent;
import menara.billing.usage.events.UsageKey;
import menara.eventstore.mongodb.machine.Machine;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.TenantId;
import org.junit.jupiter.api.Test;

/** What a meter showed in one month goes on in the next, and a month of readings has an end. */
class CarriedReadingsTest {

    private static final TenantId PARTY = new TenantId("atlas-ai");
    private static final ContractId CONTRACT = new ContractId(new UUID(1, 1));
    private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");
    private static final Meter WATER = Meter.defined("water", "m3", Aggregation.COUNTER, List.of());
    private static final Meter CALLS = Meter.defined("calls", "calls", Aggregation.SUM, List.of());
    private static final YearMonth MARCH = YearMonth.of(2026, 3);

    private final Metered instance = Metered.on(TestDatabases.fresh(), NOW, CarriedReadingsTest::meter);

    private static Meter meter(String code) {
        return List.of(WATER, CALLS).stream()
                .filter(meter -> meter.code().equals(code))
                .findFirst()
                .orElseGet(() -> Metered.meter(code));
    }

    @Test
    void what_a_register_grew_by_while_it_was_silent_counts_in_the_hour_in_which_it_is_read_again() {
        instance.ingest(List.of(
                reading("a", WATER, "2026-01-20T00:00:00Z", 100),
                reading("b", WATER, "2026-04-10T10:30:00Z", 170),
                reading("c", WATER, "2026-04-10T11:30:00Z", 175)));
        assertThat(total(WATER, MARCH)).isZero();
        assertThat(total(WATER, YearMonth.of(2026, 4))).isEqualTo(75);
        assertThat(hours(YearMonth.of(2026, 4), WATER)
                        .sum(Instant.parse("2026-04-10T10:00:00Z"), Instant.parse("2026-04-10T11:00:00Z")))
                .isEqualTo(BigInteger.valueOf(70));
    }

    @Test
    void a_reading_taken_back_is_none_to_go_on_from() {
        instance.ingest(List.of(
                reading("a", WATER, "2026-01-20T00:00:00Z", 100),
                reading("b", WATER, "2026-02-20T00:00:00Z", 160),
                reading("c", WATER, "2026-04-10T10:30:00Z", 170),
                retraction("gone", "b")));
        assertThat(total(WATER, YearMonth.of(2026, 2))).isZero();
        assertThat(total(WATER, YearMonth.of(2026, 4))).isEqualTo(70);
    }

    @Test
    void a_level_set_on_the_last_evening_of_a_month_holds_into_the_next_though_nothing_is_read_there() {
        instance.ingest(List.of(reading("a", Metered.STORAGE, "2026-02-28T18:00:00Z", 2_000_000)));
        assertThat(hours(MARCH, Metered.STORAGE).sum(Instant.MIN, Instant.MAX))
                .as("24 hours at most, 18 of them in March")
                .isEqualTo(BigInteger.valueOf(2_000_000L * 18 * 3_600_000));
        assertThat(instance.hours().hours(CONTRACT, YearMonth.of(2026, 4), ZoneOffset.UTC, Instant.MAX))
                .isEmpty();
    }

    @Test
    void readings_that_must_be_kept_one_by_one_are_bounded_by_month_and_those_added_up_are_not() {
        var bounds = new UsageBounds(instance.log(), instance.hours());
        var time = "2026-03-10T00:00:00Z";
        for (int first = 0; first < UsageBounds.MAX_READINGS - 1; first += 1_000) {
            int from = first;
            instance.ingest(IntStream.range(from, Math.min(from + 1_000, UsageBounds.MAX_READINGS - 1))
                    .mapToObj(n -> member("m" + n, time))
                    .toList());
        }
        var wrong = bounds.check(
                List.of(
                        member("last", time),
                        member("one more", time),
                        member("another month", "2026-04-10T00:00:00Z"),
                        reading("added up", CALLS, time, 1)),
                NOW,
                Machine.REAL.nanoTime(),
                true);
        assertThat(wrong.get(0)).isEmpty();
        assertThat(wrong.get(1)).hasValueSatisfying(refusal -> {
            assertThat(refusal.field()).isEqualTo("data.meter");
            assertThat(refusal).hasMessageContaining("100,000 readings in 2026-03");
        });
        assertThat(wrong.get(2)).isEmpty();
        assertThat(wrong.get(3)).isEmpty();
        instance.ingest(List.of(retraction("gone", "m1"), retraction("gone too", "m2")));
        assertThat(bounds.check(
                        List.of(member("in its place", time), member("in the other's", time)),
                        NOW,
                        Machine.REAL.nanoTime(),
                        true))
                .allMatch(java.util.Optional::isEmpty);
    }

    private long total(Meter meter, YearMonth month) {
        return hours(month, meter).sum(Instant.MIN, Instant.MAX).longValueExact();
    }

    private HourlyQuantities hours(YearMonth month, Meter meter) {
        return instance.hours()
                .hours(CONTRACT, month, ZoneOffset.UTC, Instant.MAX)
                .getOrDefault(Series.of(meter), HourlyQuantities.NONE);
    }

    private static UsageEntry reading(String id, Meter meter, String at, long value) {
        return entry(id, meter, at, value, "");
    }

    private static UsageEntry member(String id, String at) {
        return entry(id, Metered.USERS, at, 0, "who-" + id);
    }

    private static UsageEntry entry(String id, Meter meter, String at, long value, String member) {
        var time = Instant.parse(at);
        return UsageEntry.of(
                PARTY,
                new UsageEvent.Reading(
                        new UsageKey("/meter", id),
                        CONTRACT,
                        Series.of(meter),
                        new Period(time, time.plusMillis(1)),
                        value,
                        member,
                        null),
                ZoneOffset.UTC);
    }

    private static UsageEntry retraction(String id, String retracted) {
        return UsageEntry.of(
                PARTY, new UsageEvent.Retraction(new UsageKey("/meter", id), CONTRACT, retracted), ZoneOffset.UTC);
    }
}
