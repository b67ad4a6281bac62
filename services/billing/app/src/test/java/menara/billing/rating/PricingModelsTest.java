package menara.billing.rating;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import menara.billing.catalogue.Charge;
import menara.billing.catalogue.PricePlan;
import menara.billing.catalogue.PricePlanId;
import menara.billing.catalogue.PricingModel;
import menara.billing.catalogue.Tier;
import menara.billing.metering.hours.HourlyQuantities;
import menara.billing.meters.Aggregation;
import menara.billing.meters.Meter;
import menara.billing.meters.Series;
import menara.values.Money;
import menara.values.Period;
import org.junit.jupiter.api.Test;

/** Each pricing model by example; amounts in MAD unless said otherwise. */
class PricingModelsTest {

    private static final YearMonth APRIL = YearMonth.of(2026, 4);
    private static final Meter TOKENS = Meter.defined("tokens", "M tokens", Aggregation.SUM, List.of("model"));
    private static final Meter ENERGY = Meter.defined("it-energy", "kWh", Aggregation.SUM, List.of());

    @Test
    void a_flat_fee_costs_its_days() {
        var flat = charge("support", null, new PricingModel.Flat(decimal("3000")));
        assertThat(explained(rate(month(), usage(), flat)))
                .containsExactly("3000.00 MAD: 3000.00 MAD a month (plan v1)");
        for (int days = 1; days < 30; days++) {
            var from = APRIL.atDay(31 - days).atStartOfDay(ZoneOffset.UTC).toInstant();
            assertThat(explained(rate(new Period(from, month().until()), usage(), flat)))
                    .containsExactly(
                            "%d.00 MAD: 3000.00 MAD a month × %d/30 days (plan v1)".formatted(100 * days, days));
        }
        var cut = new Period(month().from(), Instant.parse("2026-04-10T06:00:00Z"));
        assertThat(explained(rate(cut, usage(), flat)))
                .containsExactly("925.00 MAD: 3000.00 MAD a month × (9 + 1/4)/30 days (plan v1)");
    }

    @Test
    void the_day_of_a_clock_change_weighs_as_much_as_any_other() {
        var paris = ZoneId.of("Europe/Paris");
        var march = YearMonth.of(2026, 3);
        var changeDay = new Period(Instant.parse("2026-03-28T23:00:00Z"), Instant.parse("2026-03-29T22:00:00Z"));
        assertThat(changeDay.duration().toHours()).isEqualTo(23);
        assertThat(Proration.of(changeDay, march, paris)).hasToString("1/31 days");
        assertThat(Proration.of(Period.month(march, paris), march, paris).isWhole())
                .isTrue();
    }

    @Test
    void tiers_are_paid_step_by_step_and_go_on_where_an_earlier_version_left_them() {
        var tiered = charge("tokens", "tokens", new PricingModel.Tiered(tiers()));
        assertThat(explained(rate(month(), tokens(1, 250), tiered)))
                .containsExactly(
                        "200.00 MAD: 100.000 M tokens × 2.00 MAD, tier from 0 (plan v1)",
                        "225.00 MAD: 150.000 M tokens × 1.50 MAD, tier from 100 (plan v1)");
        var middle = Instant.parse("2026-04-15T00:00:00Z");
        var pricingPeriods = List.of(
                pricingPeriod(new Period(month().from(), middle), 1, tiered),
                pricingPeriod(new Period(middle, month().until()), 2, tiered));
        var hours = new TreeMap<>(tokens(1, 80));
        hours.replaceAll((_, before) -> before.plus(hourly("2026-04-20T00:00:00Z", 80)));
        assertThat(explained(rate(pricingPeriods, hours, RolloverBalance.NONE).lines()))
                .containsExactly(
                        "160.00 MAD: 80.000 M tokens × 2.00 MAD, tier from 0 (plan v1)",
                        "40.00 MAD: 20.000 M tokens × 2.00 MAD, tier from 0 (plan v2)",
                        "90.00 MAD: 60.000 M tokens × 1.50 MAD, tier from 100 (plan v2)");
    }

    @Test
    void volume_prices_everything_by_the_tier_in_which_the_month_ends() {
        var volume = charge("tokens", "tokens", new PricingModel.Volume(tiers()));
        assertThat(amounts(rate(month(), tokens(1, 100), volume))).containsExactly("200.00");
        assertThat(explained(rate(month(), tokens(1, 101), volume)))
                .containsExactly("151.50 MAD: 101.000 M tokens × 1.50 MAD, volume from 100 (plan v1)");
    }

    @Test
    void a_commenced_package_is_paid_whole() {
        var packages = charge("tokens", "tokens", new PricingModel.Packages(decimal("100"), decimal("150")));
        assertThat(amounts(rate(month(), tokens(1, 100), packages))).containsExactly("150.00");
        assertThat(explained(rate(month(), tokens(1, 201), packages)))
                .containsExactly("450.00 MAD: 201.000 M tokens: 3 packages of 100 × 150.00 MAD (plan v1)");
    }

    @Test
    void a_percentage_follows_the_charges_and_a_minimum_tops_them_up() {
        var unit = charge("tokens", "tokens", new PricingModel.Unit(decimal("2")));
        var support = charge("support", null, new PricingModel.Percentage(decimal("7.5"), null));
        var minimum = charge("floor", null, new PricingModel.Minimum(decimal("500"), null));
        assertThat(explained(rate(month(), tokens(1, 100), unit, support, minimum)))
                .containsExactly(
                        "200.00 MAD: 100.000 M tokens × 2.00 MAD (plan v1)",
                        "15.00 MAD: 7.5 % of 200.00 MAD (plan v1)",
                        "285.00 MAD: minimum 500.00 MAD − 215.00 MAD charged (plan v1)");
        assertThat(rate(month(), tokens(1, 1000), unit, support, minimum)).hasSize(2);
    }

    @Test
    void a_commitment_is_drawn_down_rolls_over_and_charges_what_is_beyond() {
        var commitment = charge(
                "tokens", "tokens", new PricingModel.Commitment(decimal("100"), decimal("1.80"), decimal("2.50"), 1));
        var april = rate(pricingPeriods(month(), commitment), tokens(1, 70), RolloverBalance.NONE);
        assertThat(explained(april.lines()))
                .containsExactly(
                        "180.00 MAD: 100.000 M tokens × 1.80 MAD, committed (plan v1)",
                        "0.00 MAD: 70.000 M tokens used of 100.000 committed and 0.000 carried over (plan v1)");
        var may = rateIn(YearMonth.of(2026, 5), commitment, 145, april.rollover());
        assertThat(explained(may.lines()))
                .containsExactly(
                        "180.00 MAD: 100.000 M tokens × 1.80 MAD, committed (plan v1)",
                        "0.00 MAD: 130.000 M tokens used of 100.000 committed and 30.000 carried over (plan v1)",
                        "37.50 MAD: 15.000 M tokens × 2.50 MAD, overage (plan v1)");
        var idle = rateIn(YearMonth.of(2026, 5), commitment, 0, april.rollover());
        var june = rateIn(YearMonth.of(2026, 6), commitment, 250, idle.rollover());
        assertThat(amounts(june.lines()))
                .as("April's 30 were lost with May's end, May's 100 were carried over")
                .containsExactly("180.00", "0.00", "125.00");
    }

    @Test
    void prepaid_credit_is_bought_once_pays_the_charges_and_ends() {
        var unit = charge("tokens", "tokens", new PricingModel.Unit(decimal("2")));
        var prepaid = charge("credit", null, new PricingModel.Prepaid(decimal("900"), decimal("1000"), 2));
        var april = rate(pricingPeriods(month(), unit, prepaid), tokens(1, 300), RolloverBalance.NONE);
        assertThat(explained(april.lines()))
                .containsExactly(
                        "600.00 MAD: 300.000 M tokens × 2.00 MAD (plan v1)",
                        "900.00 MAD: credit of 1000.00 MAD, valid for 2 months (plan v1)",
                        "-600.00 MAD: 600.00 MAD drawn, 400.00 MAD left (plan v1)");
        var may = rateIn(YearMonth.of(2026, 5), april.rollover(), 100, unit, prepaid);
        assertThat(amounts(may.lines())).containsExactly("200.00", "-200.00");
        var june = rateIn(YearMonth.of(2026, 6), may.rollover(), 100, unit, prepaid);
        assertThat(amounts(june.lines())).as("200 left, but not valid any more").containsExactly("200.00");
    }

    @Test
    void energy_is_paid_by_the_hour_of_the_grids_clock_and_with_what_cooling_takes() {
        var energy = charge(
                "energy",
                "it-energy",
                new PricingModel.Energy(
                        decimal("1.25"),
                        ZoneId.of("Africa/Casablanca"),
                        List.of(
                                band("peak", 17, 22, "1.40"),
                                band("night", 22, 7, "0.70"),
                                band("day", 7, 17, "1.00"))));
        var hours = new TreeMap<Series, HourlyQuantities>();
        // 20:00 UTC is 21:00 in Casablanca, 21:00 UTC is 22:00.
        hours.put(
                Series.of(ENERGY),
                hourly("2026-04-02T20:00:00Z", 1000)
                        .plus(hourly("2026-04-02T21:00:00Z", 1000))
                        .plus(hourly("2026-04-03T11:00:00Z", 10)));
        assertThat(explained(rate(month(), hours, energy)))
                .containsExactly(
                        "1750.00 MAD: 1000.000 kWh × PUE 1.25 × 1.40 MAD, band peak (plan v1)",
                        "875.00 MAD: 1000.000 kWh × PUE 1.25 × 0.70 MAD, band night (plan v1)",
                        "12.50 MAD: 10.000 kWh × PUE 1.25 × 1.00 MAD, band day (plan v1)");
    }

    @Test
    void dimensions_have_prices_of_their_own_and_what_nobody_prices_is_shown() {
        var large = new Charge(
                "large", "Large model", "tokens", Map.of("model", "large"), new PricingModel.Unit(decimal("5")));
        var hours = new TreeMap<Series, HourlyQuantities>();
        hours.put(new Series(TOKENS, new TreeMap<>(Map.of("model", "large"))), hourly("2026-04-01T00:00:00Z", 10));
        hours.put(new Series(TOKENS, new TreeMap<>(Map.of("model", "small"))), hourly("2026-04-01T00:00:00Z", 7));
        assertThat(explained(rate(month(), hours, large)))
                .containsExactly(
                        "50.00 MAD: 10.000 M tokens × 5.00 MAD (plan v1)",
                        "0.00 MAD: 7.000 M tokens, not priced in plan v1");
    }

    private static List<Tier> tiers() {
        return List.of(
                new Tier(decimal("0"), decimal("100"), decimal("2")), new Tier(decimal("100"), null, decimal("1.5")));
    }

    private static PricingModel.Band band(String name, int from, int until, String price) {
        return new PricingModel.Band(name, LocalTime.of(from, 0), LocalTime.of(until, 0), decimal(price));
    }

    private static Charge charge(String code, @org.jspecify.annotations.Nullable String meter, PricingModel model) {
        return new Charge(code, code, meter, null, model);
    }

    private static Period month() {
        return Period.month(APRIL, ZoneOffset.UTC);
    }

    private static SortedMap<Series, HourlyQuantities> usage() {
        return new TreeMap<>();
    }

    private static SortedMap<Series, HourlyQuantities> tokens(int day, long units) {
        var hours = usage();
        hours.put(Series.of(TOKENS), hourly(APRIL.atDay(day) + "T00:00:00Z", units));
        return hours;
    }

    private static HourlyQuantities hourly(String hour, long units) {
        return HourlyQuantities.of(new TreeMap<>(
                Map.of(Instant.parse(hour), BigInteger.valueOf(Math.multiplyExact(units, Meter.MICROS_PER_UNIT)))));
    }

    private static List<RatedLine> rate(Period period, SortedMap<Series, HourlyQuantities> hours, Charge... charges) {
        return rate(pricingPeriods(period, charges), hours, RolloverBalance.NONE)
                .lines();
    }

    private static Rated rateIn(YearMonth month, Charge charge, long units, RolloverBalance rollover) {
        return rateIn(month, rollover, units, charge);
    }

    private static Rated rateIn(YearMonth month, RolloverBalance rollover, long units, Charge... charges) {
        var hours = usage();
        if (units > 0) {
            hours.put(Series.of(TOKENS), hourly(month.atDay(1) + "T00:00:00Z", units));
        }
        return rate(month, pricingPeriods(Period.month(month, ZoneOffset.UTC), charges), hours, rollover);
    }

    private static List<PricingPeriod> pricingPeriods(Period period, Charge... charges) {
        return List.of(pricingPeriod(period, 1, charges));
    }

    private static PricingPeriod pricingPeriod(Period period, int version, Charge... charges) {
        return new PricingPeriod(
                period,
                new PricePlanId("tokens"),
                new PricePlan.Version(version, period.from(), List.of(), List.of(charges), period.from()));
    }

    private static Rated rate(
            List<PricingPeriod> pricingPeriods, SortedMap<Series, HourlyQuantities> hours, RolloverBalance rollover) {
        return rate(APRIL, pricingPeriods, hours, rollover);
    }

    private static Rated rate(
            YearMonth month,
            List<PricingPeriod> pricingPeriods,
            SortedMap<Series, HourlyQuantities> hours,
            RolloverBalance rollover) {
        var usage = new MonthUsage(
                month,
                ZoneOffset.UTC,
                Currency.getInstance("MAD"),
                pricingPeriods,
                Instant.MAX,
                hours,
                List.of(),
                BigDecimal.ZERO);
        return Rating.rate(usage, code -> code.equals("tokens") ? TOKENS : ENERGY, rollover);
    }

    private static List<String> explained(List<RatedLine> lines) {
        return lines.stream()
                .map(line -> line.amount() + ": " + line.explanation())
                .toList();
    }

    private static List<String> amounts(List<RatedLine> lines) {
        return lines.stream()
                .map(RatedLine::amount)
                .map(Money::amount)
                .map(BigDecimal::toPlainString)
                .toList();
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }
}
