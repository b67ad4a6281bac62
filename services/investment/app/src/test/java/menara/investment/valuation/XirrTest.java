package menara.investment.valuation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import menara.investment.valuation.CashFlow.Kind;
import menara.investment.valuation.InternalRate.None;
import menara.investment.valuation.InternalRate.One;
import menara.investment.valuation.InternalRate.Several;
import menara.testkit.Seeds;
import menara.values.Money;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class XirrTest {

    private static final Offset<BigDecimal> TOLERANCE = within(new BigDecimal("1e-8"));
    private static final LocalDate START = LocalDate.of(2021, 1, 1);
    private static final int ROUNDS = 2_000;

    @Test
    void uneven_dates_give_the_rate_that_spreadsheets_give() {
        var flows = List.of(
                flow("2008-01-01", "-10000"),
                flow("2008-03-01", "2750"),
                flow("2008-10-30", "4250"),
                flow("2009-02-15", "3250"),
                flow("2009-04-01", "2750"));

        assertThat(rate(flows)).isCloseTo(new BigDecimal("0.3733625335"), TOLERANCE);
    }

    @Test
    void yearly_flows_give_the_periodic_rate() {
        assertThat(rate(yearly("-100", "39", "59", "55", "20"))).isCloseTo(new BigDecimal("0.28094842116"), TOLERANCE);
    }

    @Test
    void two_rates_are_both_told_and_none_is_chosen() {
        assertThat(Xirr.of(yearly("100", "-230", "132"))).isInstanceOfSatisfying(Several.class, several -> {
            assertThat(several.rates()).hasSize(2);
            assertThat(several.rates().getFirst()).isCloseTo(new BigDecimal("0.1"), TOLERANCE);
            assertThat(several.rates().getLast()).isCloseTo(new BigDecimal("0.2"), TOLERANCE);
        });
    }

    @Test
    void two_rates_closer_than_the_scan_are_both_found() {
        // (1 + r − 1.1)(1 + r − 1.1001) = 0
        assertThat(Xirr.of(yearly("100", "-220.01", "121.011"))).isInstanceOfSatisfying(Several.class, several -> {
            assertThat(several.rates()).hasSize(2);
            assertThat(several.rates().getFirst()).isCloseTo(new BigDecimal("0.1"), TOLERANCE);
            assertThat(several.rates().getLast()).isCloseTo(new BigDecimal("0.1001"), TOLERANCE);
        });
    }

    @Test
    void a_rate_where_the_value_only_touches_zero_is_found_once() {
        // (1 + r − 1.1)² = 0; a double root is known to about half of a double's digits
        assertThat(rate(yearly("100", "-220", "121"))).isCloseTo(new BigDecimal("0.1"), within(new BigDecimal("1e-6")));
    }

    @Test
    void three_rates_are_all_told() {
        // (1 + r − 1.1)(1 + r − 1.2)(1 + r − 1.3)
        assertThat(Xirr.of(yearly("-1000", "3600", "-4310", "1716")))
                .isInstanceOfSatisfying(
                        Several.class,
                        several -> assertThat(several.rates())
                                .usingElementComparator(
                                        (a, b) -> a.subtract(b).abs().doubleValue() < 1e-8 ? 0 : a.compareTo(b))
                                .containsExactly(new BigDecimal("0.1"), new BigDecimal("0.2"), new BigDecimal("0.3")));
    }

    @Test
    void flows_whose_value_never_vanishes_have_no_rate() {
        // v² − v + 1 has no real root
        assertThat(Xirr.of(yearly("100", "-100", "100"))).isInstanceOf(None.class);
    }

    @Test
    void money_in_one_direction_has_no_rate() {
        assertThat(Xirr.of(yearly("-100", "-10"))).isInstanceOf(None.class);
        assertThat(Xirr.of(yearly("100"))).isInstanceOf(None.class);
        assertThat(Xirr.of(List.of())).isInstanceOf(None.class);
    }

    @Test
    void flows_of_one_day_are_netted_before_anything_else() {
        assertThat(Xirr.of(List.of(flow("2026-01-01", "-100"), flow("2026-01-01", "110"))))
                .isInstanceOf(None.class);
        assertThat(rate(List.of(flow("2021-01-01", "-150"), flow("2021-01-01", "50"), flow("2022-01-01", "110"))))
                .isCloseTo(new BigDecimal("0.1"), TOLERANCE);
    }

    @Test
    void nearly_everything_lost_and_multiplied_a_thousandfold_are_rates_too() {
        assertThat(rate(yearly("-100", "0.01"))).isCloseTo(new BigDecimal("-0.9999"), TOLERANCE);
        assertThat(rate(yearly("-1", "10000"))).isCloseTo(new BigDecimal("9999"), within(new BigDecimal("1e-6")));
    }

    @Test
    void a_rate_beyond_the_range_is_not_guessed() {
        assertThat(Xirr.of(List.of(flow("2026-01-01", "-1"), flow("2026-01-02", "1000"))))
                .isInstanceOfSatisfying(
                        None.class, none -> assertThat(none.reason()).contains("-99.9999999 %", "100000000 %"));
    }

    @Test
    void hundred_years_of_flows_neither_overflow_nor_vanish() {
        var flows = new ArrayList<CashFlow>();
        flows.add(new CashFlow(START, Kind.CONTRIBUTION, Money.of("-1000000000000", "MAD")));
        for (int year = 1; year <= 100; year++) {
            flows.add(new CashFlow(START.plusDays(365L * year), Kind.FORECAST_REVENUE, Money.of("80000000000", "MAD")));
        }

        double r = rate(flows).doubleValue();

        assertThat((1 - Math.pow(1 + r, -100)) / r).isCloseTo(12.5, within(1e-6));
    }

    @Test
    void investments_made_from_a_known_rate_give_that_rate_back() {
        long seed = Seeds.of(XirrTest.class);
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            double rate = -0.9 + random.nextDouble() * 3;
            var flows = new ArrayList<CashFlow>();
            double worth = 0;
            var date = START;
            for (int i = 0; i < 1 + random.nextInt(30); i++) {
                date = date.plusDays(1 + random.nextInt(90));
                double amount = 1_000 + random.nextInt(1_000_000);
                worth += amount / Math.pow(1 + rate, (date.toEpochDay() - START.toEpochDay()) / 365.0);
                flows.add(new CashFlow(date, Kind.FORECAST_REVENUE, Money.of(BigDecimal.valueOf(amount), MAD)));
            }
            flows.add(new CashFlow(START, Kind.CONTRIBUTION, Money.of(BigDecimal.valueOf(-worth), MAD)));

            assertThat(rate(flows).doubleValue())
                    .as("seed %d round %d", seed, round)
                    .isCloseTo(rate, within(1e-8));
        }
    }

    private static final java.util.Currency MAD = java.util.Currency.getInstance("MAD");

    private static BigDecimal rate(List<CashFlow> flows) {
        return Xirr.of(flows) instanceof One(var rate) ? rate : fail(Xirr.of(flows));
    }

    private static BigDecimal fail(InternalRate rate) {
        throw new AssertionError("expected one rate, got " + rate);
    }

    private static List<CashFlow> yearly(String... amounts) {
        var flows = new ArrayList<CashFlow>();
        for (var amount : amounts) {
            flows.add(flow(START.plusDays(365L * flows.size()).toString(), amount));
        }
        return flows;
    }

    private static CashFlow flow(String date, String amount) {
        return new CashFlow(LocalDate.parse(date), Kind.CONTRIBUTION, Money.of(amount, "MAD"));
    }
}
