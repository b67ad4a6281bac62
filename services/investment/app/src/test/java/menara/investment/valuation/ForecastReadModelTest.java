package menara.investment.valuation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import menara.billing.contract.RevenueForecastChanged;
import menara.investment.TestDatabase;
import menara.values.ContractId;
import menara.values.Money;
import menara.values.TenantId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ForecastReadModelTest {

    private static final ContractId CONTRACT = new ContractId(new UUID(7, 1));
    private static final ContractId OTHER = new ContractId(new UUID(7, 2));
    private static final YearMonth DECEMBER = YearMonth.of(2026, 12);
    private static final Instant NOW = Instant.parse("2026-11-02T09:00:00Z");

    private final TestDatabase mongo = new TestDatabase();
    private final ForecastReadModel documents = new ForecastReadModel(mongo.database());

    @AfterEach
    void close() {
        mongo.close();
    }

    @Test
    void a_later_forecast_replaces_the_earlier_one_and_a_replay_changes_nothing() {
        for (int replay = 0; replay < 2; replay++) {
            documents.on(forecast(CONTRACT, "100.00", "0.00", NOW));
            documents.on(forecast(CONTRACT, "100.00", "30.00", NOW.plusSeconds(60)));
        }

        assertThat(documents.now()).containsExactly(known(CONTRACT, "70.00", NOW.plusSeconds(60)));
    }

    @Test
    void looking_back_shows_each_contract_as_it_was_known_then() {
        documents.on(forecast(CONTRACT, "100.00", "0.00", NOW));
        documents.on(forecast(OTHER, "5.00", "0.00", NOW.plusSeconds(30)));
        documents.on(forecast(CONTRACT, "100.00", "30.00", NOW.plusSeconds(60)));

        assertThat(documents.knownAt(NOW.minusNanos(1))).isEmpty();
        assertThat(documents.knownAt(NOW.plusSeconds(59)))
                .containsExactlyInAnyOrder(known(CONTRACT, "100.00", NOW), known(OTHER, "5.00", NOW.plusSeconds(30)));
        assertThat(documents.knownAt(NOW.plusSeconds(60))).containsExactlyInAnyOrderElementsOf(documents.now());
    }

    private static RevenueForecastChanged forecast(ContractId contract, String charges, String credits, Instant at) {
        return new RevenueForecastChanged(
                contract,
                new TenantId("atlas-ai"),
                Currency.getInstance("MAD"),
                List.of(new RevenueForecastChanged.Month(DECEMBER, mad(charges), mad(credits))),
                at);
    }

    private static RevenueForecast known(ContractId contract, String net, Instant at) {
        return new RevenueForecast(
                contract, Currency.getInstance("MAD"), List.of(new RevenueForecast.Month(DECEMBER, mad(net))), at);
    }

    private static Money mad(String amount) {
        return Money.of(amount, "MAD");
    }
}
