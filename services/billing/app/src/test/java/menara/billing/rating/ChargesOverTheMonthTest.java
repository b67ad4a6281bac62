package menara.billing.rating;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import menara.billing.catalogue.Charge;
import menara.billing.catalogue.PricePlan;
import menara.billing.catalogue.PricePlanId;
import menara.billing.catalogue.PricingModel;
import menara.billing.metering.hours.HourlyQuantities;
import menara.billing.meters.Aggregation;
import menara.billing.meters.Meter;
import menara.billing.meters.Series;
import menara.testkit.Seeds;
import menara.values.Money;
import menara.values.Period;
import org.junit.jupiter.api.Test;

/** What is agreed for a month is assessed over the month, whatever the day of the question and whatever version begins within it. */
class ChargesOverTheMonthTest {

    private static final int HISTORIES = Integer.getInteger("menara.money-histories", 400);
    private static final YearMonth JUNE = YearMonth.of(2026, 6);
    private static final int DAYS = 30;
    private static final Currency MAD = Currency.getInstance("MAD");
    private static final Meter TOKENS = Meter.defined("tokens", "M tokens", Aggregation.SUM, List.of());
    private static final BigDecimal UNIT = BigDecimal.valueOf(Meter.MICROS_PER_UNIT);

    @Test
    void usage_ahead_of_time_is_no_overage_while_the_months_commitment_covers_it() {
        var plan = List.of(version(1, 1, commitment("100", "1", "5", 0)));
        var used = used(1, "80");
        var middle = rate(plan, used, Instant.parse("2026-06-15T13:00:00Z"));
        assertThat(explained(middle))
                .containsExactly(
                        "48.47 MAD: 48.472222 M tokens × 1.00 MAD, committed for (14 + 13/24)/30 days (plan v1)",
                        "0.00 MAD: 80.000 M tokens used of 100.000 committed and 0.000 carried over (plan v1)");
        assertThat(total(rate(plan, used, Instant.MAX))).isEqualTo(mad("100.00"));
    }

    @Test
    void a_version_that_changes_nothing_costs_nothing() {
        for (var day : List.of(2, 11, 16, 30)) {
            var one = List.of(version(1, 1, commitment("100", "1", "5", 0), minimum("150")));
            var two = List.of(
                    version(1, 1, commitment("100", "1", "5", 0), minimum("150")),
                    version(2, day, commitment("100", "1", "5", 0), minimum("150")));
            for (int usedOn : List.of(1, 10, 20, 30)) {
                var used = used(usedOn, "100");
                assertThat(total(rate(one, used, Instant.MAX))).isEqualTo(mad("150.00"));
                assertThat(total(rate(two, used, Instant.MAX)))
                        .as("version on day %d, used on day %d", day, usedOn)
                        .isEqualTo(mad("150.00"));
            }
        }
    }

    @Test
    void a_months_price_is_the_same_to_the_cent_however_many_versions_repeat_it() {
        var flat = new Charge("support", "Support", null, null, new PricingModel.Flat(decimal("100")));
        var versions = new ArrayList<Version>();
        for (int day = 1; day <= DAYS; day++) {
            versions.add(new Version(day, day, List.of(flat)));
        }
        var lines = rate(versions, new TreeMap<>(), Instant.MAX);
        assertThat(lines).hasSize(DAYS);
        assertThat(total(lines)).isEqualTo(mad("100.00"));
    }

    @Test
    void a_later_version_that_commits_to_less_makes_no_overage_of_hours_before_it() {
        var less =
                List.of(version(1, 1, commitment("100", "1", "5", 0)), version(2, 16, commitment("10", "1", "5", 0)));
        assertThat(explained(rate(less, used(1, "100"), Instant.MAX)))
                .containsExactly(
                        "50.00 MAD: 50.000 M tokens × 1.00 MAD, committed for 15/30 days (plan v1)",
                        "0.00 MAD: 100.000 M tokens used of 100.000 committed and 0.000 carried over (plan v1)",
                        "5.00 MAD: 5.000 M tokens × 1.00 MAD, committed for 15/30 days (plan v2)");
    }

    @Test
    void a_contract_that_ends_early_commits_to_its_days_only_also_for_hours_before_that_was_known() {
        var plan = List.of(version(1, 1, commitment("100", "1", "5", 0)));
        assertThat(explained(rate(plan, used(1, "80"), midnightAfter(15))))
                .as("as long as it goes on")
                .containsExactly(
                        "50.00 MAD: 50.000 M tokens × 1.00 MAD, committed for 15/30 days (plan v1)",
                        "0.00 MAD: 80.000 M tokens used of 100.000 committed and 0.000 carried over (plan v1)");
        assertThat(explained(rate(plan, used(1, "80"), Instant.MAX, 15)))
                .as("when it ends with the 15th day")
                .containsExactly(
                        "50.00 MAD: 50.000 M tokens × 1.00 MAD, committed for 15/30 days (plan v1)",
                        "0.00 MAD: 50.000 M tokens used of 50.000 committed and 0.000 carried over (plan v1)",
                        "150.00 MAD: 30.000 M tokens × 5.00 MAD, overage (plan v1)");
    }

    @Test
    void a_minimum_counts_for_the_days_it_is_agreed_for() {
        var from16 = List.of(version(1, 1, unit("1")), version(2, 16, unit("1"), minimum("300")));
        assertThat(explained(rate(from16, used(20, "20"), Instant.MAX)))
                .containsExactly(
                        "20.00 MAD: 20.000 M tokens × 1.00 MAD (plan v2)",
                        "130.00 MAD: minimum 150.00 MAD for 15/30 days − 20.00 MAD charged (plan v2)");
    }

    @Test
    void credit_paid_in_advance_stays_when_a_later_version_sells_none() {
        var sold =
                new Charge("credit", "Credit", null, null, new PricingModel.Prepaid(decimal("90"), decimal("100"), 3));
        var plan = List.of(version(1, 1, unit("1"), sold), version(2, 16, unit("1")));
        assertThat(explained(rate(plan, used(20, "60"), Instant.MAX)))
                .containsExactly(
                        "90.00 MAD: credit of 100.00 MAD, valid for 3 months (plan v1)",
                        "60.00 MAD: 60.000 M tokens × 1.00 MAD (plan v2)",
                        "-60.00 MAD: 60.00 MAD drawn, 40.00 MAD left (plan v2)");
    }

    @Test
    void a_service_credit_is_a_share_of_what_was_used_and_is_not_drawn_from_credit_paid_in_advance() {
        var sold = new Charge(
                "credit", "Credit", null, null, new PricingModel.Prepaid(decimal("900"), decimal("1000"), 3));
        var usage = usage(List.of(version(1, 1, unit("2"), sold)), used(1, "300"), Instant.MAX, decimal("25"));
        var lines = Rating.rate(usage, _ -> TOKENS, RolloverBalance.NONE).lines();
        assertThat(explained(lines))
                .containsExactly(
                        "600.00 MAD: 300.000 M tokens × 2.00 MAD (plan v1)",
                        "900.00 MAD: credit of 1000.00 MAD, valid for 3 months (plan v1)",
                        "-450.00 MAD: 450.00 MAD drawn, 550.00 MAD left (plan v1)");
        var charges = MonthCharges.of(JUNE, lines, MAD);
        assertThat(charges.creditable()).isEqualTo(mad("600.00"));
        assertThat(charges.credit(decimal("25"))).isEqualTo(mad("150.00"));
        assertThat(charges.total().minus(charges.credit(decimal("25"))))
                .as("the purchase alone is left to pay")
                .isEqualTo(mad("900.00"));
    }

    /** Days are played one by one, with decimals of 60 digits and none of the code's arithmetic. */
    @Test
    void any_history_of_versions_and_usage_costs_what_playing_its_days_costs() {
        long seed = Seeds.of(ChargesOverTheMonthTest.class);
        var random = new Random(seed);
        for (int i = 0; i < HISTORIES; i++) {
            var as = "seed %d history %d".formatted(seed, i);
            var plan = anyPlan(random);
            var used = new BigDecimal[DAYS + 1];
            var hours = new TreeMap<Series, HourlyQuantities>();
            for (int day = 1; day <= DAYS; day++) {
                used[day] = random.nextInt(3) == 0 ? BigDecimal.valueOf(random.nextLong(30_000), 3) : BigDecimal.ZERO;
                if (used[day].signum() > 0) {
                    used(day, used[day].toPlainString())
                            .forEach((series, more) -> hours.merge(series, more, HourlyQuantities::plus));
                }
            }
            Money before = Money.zero(MAD);
            var whole = total(rate(plan, hours, Instant.MAX));
            for (int day = 1; day <= DAYS; day++) {
                var until = midnightAfter(day);
                var accrued = total(rate(plan, within(hours, until), until));
                assertThat(accrued.amount())
                        .as("%s: accrued on day %d", as, day)
                        .isEqualByComparingTo(played(plan, used, day));
                assertThat(accrued.minus(before).isNegative())
                        .as(
                                "%s: what accrued until day %d is never taken back: %s, before %s",
                                as, day, accrued, before)
                        .isFalse();
                assertThat(whole.minus(total(rate(plan, within(hours, until), Instant.MAX)))
                                .isNegative())
                        .as("%s: more use never costs less", as)
                        .isFalse();
                before = accrued;
            }
            assertThat(before).as("%s: the last day is the month", as).isEqualTo(whole);

            var known = plan.getFirst();
            var firstDays = plan.size() == 1 ? DAYS : plan.get(1).day() - 1;
            var until = midnightAfter(firstDays);
            assertThat(total(rate(plan, within(hours, until), until)))
                    .as("%s: a later version never reaches back", as)
                    .isEqualTo(total(rate(List.of(known), within(hours, until), until)));
        }
    }

    private record Version(int number, int day, List<Charge> charges) {}

    private static BigDecimal played(List<Version> plan, BigDecimal[] used, int lastDay) {
        var fee = BigDecimal.ZERO;
        var overage = BigDecimal.ZERO;
        var least = BigDecimal.ZERO;
        var floored = BigDecimal.ZERO;
        var drawn = BigDecimal.ZERO;
        var committed = BigDecimal.ZERO; // × DAYS
        for (int i = 0; i < plan.size(); i++) {
            int first = plan.get(i).day();
            int end = i + 1 < plan.size() ? plan.get(i + 1).day() : DAYS + 1;
            if (first > lastDay) {
                break;
            }
            var commitment =
                    (PricingModel.Commitment) plan.get(i).charges().getFirst().model();
            var covered = committed
                    .add(commitment.quantity().multiply(BigDecimal.valueOf(DAYS + 1 - first)))
                    .divide(BigDecimal.valueOf(DAYS), 6, RoundingMode.FLOOR);
            var over = BigDecimal.ZERO;
            int days = 0;
            for (int day = first; day < end && day <= lastDay; day++) {
                days++;
                var draw = covered.subtract(drawn).max(BigDecimal.ZERO).min(used[day]);
                drawn = drawn.add(draw);
                over = over.add(used[day].subtract(draw));
            }
            committed = committed.add(commitment.quantity().multiply(BigDecimal.valueOf(days)));
            var feeBefore = cents(fee);
            fee = fee.add(commitment
                    .quantity()
                    .multiply(commitment.unitPrice())
                    .multiply(BigDecimal.valueOf(days))
                    .divide(BigDecimal.valueOf(DAYS), 60, RoundingMode.HALF_EVEN));
            var overageHere = cents(over.multiply(commitment.overageUnitPrice()));
            overage = overage.add(overageHere);
            if (plan.get(i).charges().size() > 1) {
                var minimum =
                        (PricingModel.Minimum) plan.get(i).charges().get(1).model();
                least = least.add(minimum.amount()
                        .multiply(BigDecimal.valueOf(days))
                        .divide(BigDecimal.valueOf(DAYS), 60, RoundingMode.HALF_EVEN));
                floored = floored.add(cents(fee).subtract(feeBefore)).add(overageHere);
            }
        }
        return cents(fee).add(overage).add(cents(least).subtract(floored).max(BigDecimal.ZERO));
    }

    private static BigDecimal cents(BigDecimal amount) {
        return amount.setScale(30, RoundingMode.HALF_EVEN).setScale(2, RoundingMode.HALF_EVEN);
    }

    private static List<Version> anyPlan(Random random) {
        var plan = new ArrayList<Version>();
        int day = 1;
        for (int number = 1; number <= 4 && day <= DAYS; number++) {
            var charges = new ArrayList<Charge>();
            charges.add(commitment(
                    Integer.toString(1 + random.nextInt(200)),
                    "1.07",
                    BigDecimal.valueOf(107 + random.nextInt(900), 2).toPlainString(),
                    0));
            if (random.nextBoolean()) {
                charges.add(minimum(Integer.toString(1 + random.nextInt(400))));
            }
            plan.add(new Version(number, day, charges));
            day += 1 + random.nextInt(20);
        }
        return plan;
    }

    private static Instant midnightAfter(int day) {
        return JUNE.atDay(day).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static SortedMap<Series, HourlyQuantities> within(
            SortedMap<Series, HourlyQuantities> hours, Instant until) {
        var within = new TreeMap<Series, HourlyQuantities>();
        hours.forEach((series, quantities) -> within.put(series, quantities.within(Instant.EPOCH, until)));
        return within;
    }

    private static Version version(int number, int day, Charge... charges) {
        return new Version(number, day, List.of(charges));
    }

    private static Charge commitment(String quantity, String price, String overage, int rollover) {
        return new Charge(
                "tokens",
                "Tokens",
                "tokens",
                null,
                new PricingModel.Commitment(decimal(quantity), decimal(price), decimal(overage), rollover));
    }

    private static Charge unit(String price) {
        return new Charge("tokens", "Tokens", "tokens", null, new PricingModel.Unit(decimal(price)));
    }

    private static Charge minimum(String amount) {
        return new Charge("floor", "Minimum", null, null, new PricingModel.Minimum(decimal(amount), null));
    }

    private static SortedMap<Series, HourlyQuantities> used(int day, String units) {
        var hours = new TreeMap<Instant, BigInteger>();
        hours.put(
                JUNE.atDay(day).atStartOfDay(ZoneOffset.UTC).toInstant(),
                decimal(units).multiply(UNIT).toBigIntegerExact());
        var used = new TreeMap<Series, HourlyQuantities>();
        used.put(Series.of(TOKENS), HourlyQuantities.of(hours));
        return used;
    }

    private static List<RatedLine> rate(List<Version> plan, SortedMap<Series, HourlyQuantities> hours, Instant until) {
        return Rating.rate(usage(plan, hours, until, BigDecimal.ZERO), _ -> TOKENS, RolloverBalance.NONE)
                .lines();
    }

    /** Of a contract that ends with a day of the month. */
    private static List<RatedLine> rate(
            List<Version> plan, SortedMap<Series, HourlyQuantities> hours, Instant until, int lastDay) {
        return Rating.rate(usage(plan, hours, until, BigDecimal.ZERO, lastDay), _ -> TOKENS, RolloverBalance.NONE)
                .lines();
    }

    private static MonthUsage usage(
            List<Version> plan, SortedMap<Series, HourlyQuantities> hours, Instant until, BigDecimal creditPercent) {
        return usage(plan, hours, until, creditPercent, DAYS);
    }

    private static MonthUsage usage(
            List<Version> plan,
            SortedMap<Series, HourlyQuantities> hours,
            Instant until,
            BigDecimal creditPercent,
            int lastDay) {
        var pricingPeriods = new ArrayList<PricingPeriod>();
        for (int i = 0; i < plan.size(); i++) {
            var from =
                    JUNE.atDay(plan.get(i).day()).atStartOfDay(ZoneOffset.UTC).toInstant();
            var end = i + 1 < plan.size() ? plan.get(i + 1).day() : lastDay + 1;
            var period =
                    new Period(from, from.plus(Duration.ofDays(end - plan.get(i).day())));
            pricingPeriods.add(new PricingPeriod(
                    period,
                    new PricePlanId("plan"),
                    new PricePlan.Version(
                            plan.get(i).number(), from, List.of(), plan.get(i).charges(), from)));
        }
        return new MonthUsage(JUNE, ZoneOffset.UTC, MAD, pricingPeriods, until, hours, List.of(), creditPercent);
    }

    private static Money total(List<RatedLine> lines) {
        return Money.sum(lines.stream().map(RatedLine::amount).toList(), MAD);
    }

    private static List<String> explained(List<RatedLine> lines) {
        return lines.stream()
                .map(line -> line.amount() + ": " + line.explanation())
                .toList();
    }

    private static Money mad(String amount) {
        return Money.of(amount, "MAD");
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }
}
