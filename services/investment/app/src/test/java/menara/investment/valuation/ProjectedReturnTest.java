package menara.investment.valuation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import menara.investment.accounts.Entry.Called;
import menara.investment.accounts.Entry.Committed;
import menara.investment.accounts.Entry.Contributed;
import menara.investment.accounts.Ledger;
import menara.investment.calls.ContributionId;
import menara.investment.commitments.ShareClass;
import menara.investment.valuation.CashFlow.Kind;
import menara.investment.valuation.ProjectedReturn.NotIncluded;
import menara.values.CapitalCallId;
import menara.values.ContractId;
import menara.values.Money;
import menara.values.PartnerId;
import menara.values.PhaseId;
import org.junit.jupiter.api.Test;

class ProjectedReturnTest {

    private static final PartnerId LLOYDS = new PartnerId("lloyds-capital");
    private static final PartnerId NAVER = new PartnerId("naver-cloud");
    private static final CapitalCallId CALL = new CapitalCallId(new UUID(7, 1));
    private static final Instant NOW = Instant.parse("2026-11-02T09:00:00Z");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 2);
    private static final LocalDate DUE = LocalDate.of(2026, 11, 16);

    @Test
    void payments_and_open_calls_are_negative_and_a_share_of_the_revenue_positive_at_month_end() {
        var ledger = new Ledger(twoToOne(), calls(), List.of(paid(NAVER, "60")));

        var projected = ProjectedReturn.of(ledger, List.of(forecast("MAD", "100")), Optional.of(NAVER), TODAY);

        assertThat(projected.missing()).isEmpty();
        assertThat(projected.flows())
                .containsExactly(
                        new CashFlow(TODAY, Kind.CONTRIBUTION, mad("-60")),
                        new CashFlow(DUE, Kind.OPEN_CALL, mad("-40")),
                        new CashFlow(LocalDate.of(2026, 12, 31), Kind.FORECAST_REVENUE, mad("66.67")));
    }

    @Test
    void the_partners_shares_of_the_revenue_add_up_to_the_funds() {
        var ledger = new Ledger(twoToOne(), calls(), List.of());
        var forecasts = List.of(forecast("MAD", "100"), forecast("MAD", "0.01"));

        var fund = revenue(ProjectedReturn.of(ledger, forecasts, Optional.empty(), TODAY));
        var shares = revenue(ProjectedReturn.of(ledger, forecasts, Optional.of(LLOYDS), TODAY))
                .plus(revenue(ProjectedReturn.of(ledger, forecasts, Optional.of(NAVER), TODAY)));

        assertThat(fund).isEqualTo(mad("100.01"));
        assertThat(shares).isEqualTo(fund);
    }

    @Test
    void what_is_overdue_flows_at_the_earliest_today() {
        var overdue = ProjectedReturn.of(
                new Ledger(twoToOne(), calls(), List.of()), List.of(), Optional.of(NAVER), DUE.plusDays(5));

        assertThat(overdue.flows()).containsExactly(new CashFlow(DUE.plusDays(5), Kind.OPEN_CALL, mad("-100")));
    }

    @Test
    void a_month_with_more_credits_than_charges_costs_the_partner() {
        var ledger = new Ledger(twoToOne(), calls(), List.of());

        var projected = ProjectedReturn.of(ledger, List.of(forecast("MAD", "-30")), Optional.of(LLOYDS), TODAY);

        assertThat(revenue(projected)).isEqualTo(mad("-10"));
    }

    @Test
    void commitments_alone_are_not_turned_into_an_invented_schedule() {
        var projected = ProjectedReturn.of(
                new Ledger(twoToOne(), List.of(), List.of()),
                List.of(forecast("MAD", "100")),
                Optional.of(NAVER),
                TODAY);

        assertThat(projected.missing()).singleElement().asString().contains("no contribution");
        assertThat(projected.flows()).extracting(CashFlow::kind).containsOnly(Kind.FORECAST_REVENUE);
    }

    @Test
    void a_missing_forecast_is_named() {
        var projected =
                ProjectedReturn.of(new Ledger(twoToOne(), calls(), List.of()), List.of(), Optional.of(NAVER), TODAY);

        assertThat(projected.missing()).containsExactly("billing has published no revenue forecast in MAD");
    }

    @Test
    void revenue_in_another_currency_is_listed_and_never_mixed_in() {
        var projected = ProjectedReturn.of(
                new Ledger(twoToOne(), calls(), List.of()),
                List.of(forecast("USD", "10"), forecast("USD", "5"), forecast("MAD", "100")),
                Optional.of(NAVER),
                TODAY);

        assertThat(revenue(projected)).isEqualTo(mad("66.67"));
        assertThat(projected.notIncluded())
                .containsExactly(new NotIncluded(Money.of("15", "USD"), 2, "the commitments are in MAD"));
    }

    @Test
    void a_fund_without_commitments_has_nothing_to_value() {
        var projected = ProjectedReturn.of(
                new Ledger(List.of(), List.of(), List.of()), List.of(forecast("MAD", "100")), Optional.empty(), TODAY);

        assertThat(projected.flows()).isEmpty();
        assertThat(projected.missing()).containsExactly("no partner has committed capital yet");
        assertThat(projected.notIncluded()).hasSize(1);
    }

    private static Money revenue(ProjectedReturn projected) {
        return projected.flows().stream()
                .filter(flow -> flow.kind() == Kind.FORECAST_REVENUE)
                .map(CashFlow::amount)
                .reduce(mad("0"), Money::plus);
    }

    private static List<Committed> twoToOne() {
        return List.of(
                new Committed(NAVER, new ShareClass("A"), mad("1500"), NOW),
                new Committed(NAVER, new ShareClass("B"), mad("500"), NOW),
                new Committed(LLOYDS, new ShareClass("A"), mad("1000"), NOW));
    }

    private static List<Called> calls() {
        return List.of(
                new Called(NAVER, CALL, new PhaseId("phase-1"), "Racks", DUE, mad("100"), NOW),
                new Called(LLOYDS, CALL, new PhaseId("phase-1"), "Racks", DUE, mad("50"), NOW));
    }

    private static Contributed paid(PartnerId partner, String amount) {
        return new Contributed(partner, new ContributionId(new UUID(7, 2)), CALL, mad(amount), TODAY, NOW);
    }

    private static RevenueForecast forecast(String currency, String net) {
        return new RevenueForecast(
                new ContractId(UUID.randomUUID()),
                Currency.getInstance(currency),
                List.of(new RevenueForecast.Month(YearMonth.of(2026, 12), Money.of(net, currency))),
                NOW);
    }

    private static Money mad(String amount) {
        return Money.of(amount, "MAD");
    }
}
