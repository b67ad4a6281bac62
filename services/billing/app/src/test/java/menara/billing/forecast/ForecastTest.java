package menara.billing.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import menara.billing.forecast.ForecastCommands.ReviseForecast;
import menara.values.ContractId;
import menara.values.Money;
import menara.values.TenantId;
import org.junit.jupiter.api.Test;

class ForecastTest {

    private static final Instant AT = Instant.parse("2026-01-02T00:00:00Z");
    private static final ContractId CONTRACT = new ContractId(new UUID(1, 1));

    @Test
    void a_first_forecast_is_made_known() {
        assertThat(ForecastDecisions.decide(revise("100.00"), new Forecast.None()))
                .containsExactly(new RevenueForecastChanged(
                        CONTRACT, new TenantId("atlas-ai"), Currency.getInstance("USD"), months("100.00"), AT));
    }

    @Test
    void a_forecast_that_says_the_same_is_not_made_known_again() {
        assertThat(ForecastDecisions.decide(revise("100.00"), new Forecast.Known(months("100.0"))))
                .isEmpty();
    }

    @Test
    void a_forecast_that_differs_replaces_the_last_one() {
        var event = ForecastDecisions.decide(revise("120.00"), new Forecast.Known(months("100.00")))
                .getFirst();
        assertThat(Forecast.evolve(new Forecast.Known(months("100.00")), event))
                .isEqualTo(new Forecast.Known(months("120.00")));
    }

    private static ReviseForecast revise(String charges) {
        return new ReviseForecast(
                new Forecast.ForecastId(CONTRACT),
                new TenantId("atlas-ai"),
                Currency.getInstance("USD"),
                months(charges),
                AT);
    }

    private static List<ForecastMonth> months(String charges) {
        return List.of(new ForecastMonth(YearMonth.of(2026, 1), Money.of(charges, "USD"), Money.of("0", "USD")));
    }
}
