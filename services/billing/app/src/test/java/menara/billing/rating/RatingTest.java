package menara.billing.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import menara.billing.catalogue.Price;
import menara.billing.catalogue.PricePlan;
import menara.billing.catalogue.PricePlanId;
import menara.billing.meters.Meter;
import menara.billing.racks.RackTime;
import menara.values.Money;
import menara.values.Period;
import org.junit.jupiter.api.Test;

class RatingTest {

    private static final Instant JANUARY = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant FEBRUARY_15 = Instant.parse("2026-02-15T00:00:00Z");
    private static final long GPU_HOUR = 3_600_000_000L;

    @Test
    void twelve_and_a_half_gpu_hours_at_2_10_cost_26_25() {
        var lines = rate(plan("USD", "2.10"), hours("2026-01-05T10:00:00Z", 12 * GPU_HOUR + GPU_HOUR / 2));
        assertThat(lines).singleElement().satisfies(line -> {
            assertThat(line.amount()).isEqualTo(Money.of("26.25", "USD"));
            assertThat(line.explanation()).isEqualTo("12.500 GPU h × 2.10 USD (plan v1)");
            assertThat(line.quantity().orElseThrow().parts()).isEqualTo(BigInteger.valueOf(45_000_000_000L));
        });
    }

    @Test
    void a_third_of_an_hour_is_charged_exactly_though_it_cannot_be_written_down() {
        var lines = rate(plan("USD", "2.10"), hours("2026-01-05T10:00:00Z", GPU_HOUR / 3));
        assertThat(lines.getFirst().amount()).isEqualTo(Money.of("0.70", "USD"));
        assertThat(lines.getFirst().explanation()).isEqualTo("0.333333333 GPU h × 2.10 USD (plan v1)");
    }

    @Test
    void an_amount_is_rounded_half_even_to_the_minor_unit() {
        assertThat(amount("USD", "0.05", GPU_HOUR / 2)).isEqualTo(Money.of("0.02", "USD")); // 0.025
        assertThat(amount("USD", "0.15", GPU_HOUR / 2)).isEqualTo(Money.of("0.08", "USD")); // 0.075
        assertThat(amount("KRW", "2801", GPU_HOUR / 2)).isEqualTo(Money.of("1400", "KRW")); // 1400.5
        assertThat(amount("KRW", "2801", 3 * GPU_HOUR / 2)).isEqualTo(Money.of("4202", "KRW")); // 4201.5
    }

    @Test
    void a_line_is_rounded_once_and_not_hour_by_hour() {
        // 0.004 a GPU-hour rounds to nothing, 250 of them are 1.00.
        var hours = new TreeMap<Instant, BigInteger>();
        for (int i = 0; i < 250; i++) {
            hours.put(JANUARY.plusSeconds(3_600L * i), BigInteger.valueOf(GPU_HOUR));
        }
        assertThat(rate(plan("USD", "0.004"), hours).getFirst().amount()).isEqualTo(Money.of("1.00", "USD"));
    }

    @Test
    void every_hour_costs_what_the_version_in_force_at_its_beginning_says() {
        var plan = plan("USD", "2.00", "3.00");
        var hours = hours("2026-02-14T23:00:00Z", 10 * GPU_HOUR);
        hours.putAll(hours("2026-02-15T00:00:00Z", 10 * GPU_HOUR));
        assertThat(rate(plan, hours))
                .extracting(RatedLine::explanation)
                .containsExactly("10.000 GPU h × 2.00 USD (plan v1)", "10.000 GPU h × 3.00 USD (plan v2)");
        // In India the version begins in the middle of an hour, which is charged whole by the one before.
        assertThat(ByTheUnit.rate(plan, ZoneId.of("Asia/Kolkata"), hours("2026-02-14T23:30:00Z", GPU_HOUR), List.of()))
                .extracting(RatedLine::planVersion)
                .containsExactly(1);
    }

    @Test
    void racks_cost_for_every_hour_they_are_handed_over_and_change_price_with_the_plan() {
        var february = new Period(Instant.parse("2026-02-01T00:00:00Z"), Instant.parse("2026-03-01T00:00:00Z"));
        var lines = ByTheUnit.rate(
                plan("USD", "2.00", "3.00"), ZoneOffset.UTC, new TreeMap<>(), List.of(new RackTime(12, february)));
        // 12 racks × 14 days × 24 h = 4,032 rack hours under each version.
        assertThat(lines)
                .extracting(RatedLine::explanation)
                .containsExactly("4032.000 rack h × 200.00 USD (plan v1)", "4032.000 rack h × 300.00 USD (plan v2)");
        assertThat(lines)
                .extracting(RatedLine::amount)
                .containsExactly(Money.of("806400.00", "USD"), Money.of("1209600.00", "USD"));
    }

    @Test
    void a_meter_that_the_plan_does_not_price_is_shown_and_costs_nothing() {
        var plan = new PricePlan.Published(
                new PricePlanId("racks-only"),
                Currency.getInstance("USD"),
                List.of(new PricePlan.Version(
                        1, JANUARY, List.of(new Price(Meter.RACK_HOUR, new BigDecimal("200"))), JANUARY)));
        assertThat(rate(plan, hours("2026-01-05T10:00:00Z", GPU_HOUR)))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.amount()).isEqualTo(Money.of("0", "USD"));
                    assertThat(line.explanation()).isEqualTo("1.000 GPU h, not priced in plan v1");
                });
    }

    @Test
    void usage_before_the_first_version_cannot_be_rated() {
        assertThatThrownBy(() -> rate(plan("USD", "2.00"), hours("2025-12-31T23:00:00Z", GPU_HOUR)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no version in force at 2025-12-31T23:00:00Z");
    }

    @Test
    void a_quantity_is_shown_exactly_where_it_has_a_finite_decimal() {
        assertThat(new Quantity(Meter.GPU_HOUR, BigInteger.ZERO).shown()).isEqualTo("0.000");
        assertThat(new Quantity(Meter.GPU_HOUR, BigInteger.valueOf(9)).shown()).isEqualTo("0.0000000025");
        assertThat(new Quantity(Meter.GPU_HOUR, BigInteger.ONE).shown()).isEqualTo("0.000");
        assertThat(new Quantity(Meter.GPU_HOUR, BigInteger.ONE).isFinite()).isFalse();
        assertThat(new Quantity(Meter.RACK_HOUR, BigInteger.valueOf(720L * 3_600_000)).shown())
                .isEqualTo("720.000");
    }

    private static Money amount(String currency, String unitPrice, long parts) {
        return rate(plan(currency, unitPrice), hours("2026-01-05T10:00:00Z", parts))
                .getFirst()
                .amount();
    }

    private static List<RatedLine> rate(PricePlan.Published plan, SortedMap<Instant, BigInteger> hours) {
        return ByTheUnit.rate(plan, ZoneOffset.UTC, hours, List.of());
    }

    private static SortedMap<Instant, BigInteger> hours(String hour, long parts) {
        return new TreeMap<>(Map.of(Instant.parse(hour), BigInteger.valueOf(parts)));
    }

    /** Version 1 from January on, version 2, if there is one, from 15 February on; a rack costs a hundred GPUs. */
    private static PricePlan.Published plan(String currency, String... gpuHour) {
        var from = List.of(JANUARY, FEBRUARY_15);
        var versions = new ArrayList<PricePlan.Version>();
        for (int i = 0; i < gpuHour.length; i++) {
            var price = new BigDecimal(gpuHour[i]);
            versions.add(new PricePlan.Version(
                    i + 1,
                    from.get(i),
                    List.of(
                            new Price(Meter.GPU_HOUR, price),
                            new Price(Meter.RACK_HOUR, price.multiply(BigDecimal.valueOf(100)))),
                    JANUARY));
        }
        return new PricePlan.Published(new PricePlanId("gpu-standard"), Currency.getInstance(currency), versions);
    }
}
