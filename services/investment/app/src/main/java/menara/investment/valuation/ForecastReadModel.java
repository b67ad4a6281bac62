package menara.investment.valuation;

import com.mongodb.client.MongoDatabase;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import menara.billing.contract.RevenueForecastChanged;
import menara.eventstore.spring.Projection;
import menara.eventstore.spring.read.ReadModel;
import menara.platform.documents.StoredMoney;
import menara.values.ContractId;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.bson.Document;

/** Billing's forecasts: the latest of each contract, and all earlier ones for as-of queries. */
@Projection(value = "revenue-forecasts", of = "billing", by = "contract")
class ForecastReadModel {

    private final ReadModel latest;
    private final ReadModel history;

    ForecastReadModel(MongoDatabase database) {
        this.latest = ReadModel.in(database, "revenue_forecasts");
        this.history = ReadModel.in(database, "revenue_forecast_history");
    }

    @EventHandler(eventName = "menara.billing.RevenueForecastChanged")
    void on(RevenueForecastChanged event) {
        var months = event.months().stream()
                .map(month -> new Document("month", month.month().toString())
                        .append("net", StoredMoney.of(month.charges().minus(month.credits()))))
                .toList();
        var forecast = new Document("contract", event.contract().toString())
                .append("currency", event.currency().getCurrencyCode())
                .append("months", months)
                .append("at", event.at().toString());
        history.put(event.contract() + "@" + event.at(), forecast);
        latest.put(event.contract().toString(), forecast);
    }

    /** Each contract's forecast as it stands. */
    Collection<RevenueForecast> now() {
        return latest.find().map(ForecastReadModel::read).into(new ArrayList<>());
    }

    /** Each contract's forecast as it stood at {@code asOf}. Reads the whole history, so it is meant for rare as-of queries. */
    Collection<RevenueForecast> knownAt(Instant asOf) {
        var known = new HashMap<ContractId, RevenueForecast>();
        history.find().map(ForecastReadModel::read).forEach(forecast -> {
            if (!forecast.at().isAfter(asOf)) {
                known.merge(
                        forecast.contract(), forecast, (one, other) -> one.at().isAfter(other.at()) ? one : other);
            }
        });
        return known.values();
    }

    private static RevenueForecast read(Document document) {
        List<RevenueForecast.Month> months = document.getList("months", Document.class).stream()
                .map(month -> new RevenueForecast.Month(
                        YearMonth.parse(month.getString("month")), StoredMoney.read(month, "net")))
                .toList();
        return new RevenueForecast(
                new ContractId(UUID.fromString(document.getString("contract"))),
                Currency.getInstance(document.getString("currency")),
                months,
                Instant.parse(document.getString("at")));
    }
}
