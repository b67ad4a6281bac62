package menara.billing.fx;

import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.mongodb.client.MongoDatabase;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import menara.eventstore.spring.Projection;
import menara.eventstore.spring.read.ReadModel;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** The rates that were entered by hand, each with the people who entered and approved it; approved ones count beside the published ones. */
@Projection(value = "exchange-rates", by = "date")
class ExchangeRateReadModel {

    private final ReadModel entries;
    private final RateReadModel rates;

    ExchangeRateReadModel(MongoDatabase database, RateReadModel rates) {
        this.entries = ReadModel.in(database, "fx_entered_rates");
        this.rates = rates;
    }

    /**
     * @param state proposed or approved
     * @param value what one unit of {@code base} costs in {@code quote}
     * @param approvedBy null while it is proposed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            ExchangeRateId rate,
            String state,
            Currency base,
            Currency quote,
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal value,
            LocalDate date,
            String reason,
            String proposedBy,
            Instant proposedAt,
            @Nullable String approvedBy,
            @Nullable Instant approvedAt) {}

    @EventHandler(eventName = "menara.billing.ExchangeRateProposed")
    void on(ExchangeRateProposed event) {
        entries.upsert(
                event.rate().toString(),
                combine(
                        set("base", event.base().getCurrencyCode()),
                        set("quote", event.quote().getCurrencyCode()),
                        set("value", event.value().toPlainString()),
                        set("date", event.date().toString()),
                        set("reason", event.reason()),
                        set("proposedBy", event.proposedBy()),
                        set("proposedAt", event.at().toString())));
    }

    @EventHandler(eventName = "menara.billing.ExchangeRateApproved")
    void on(ExchangeRateApproved event) {
        rates.enter(new Rate(event.base(), event.quote(), event.value(), RateReadModel.MANUAL, event.date()));
        entries.update(
                event.rate().toString(),
                combine(
                        set("approvedBy", event.approvedBy()),
                        set("approvedAt", event.at().toString())));
    }

    Optional<View> find(ExchangeRateId rate) {
        return entries.get(rate.toString()).map(ExchangeRateReadModel::read);
    }

    /** All entries, the day that they are for last first. A scan: people enter a few a month. */
    List<View> all() {
        var all = entries.find().map(ExchangeRateReadModel::read).into(new ArrayList<>());
        all.sort(Comparator.comparing(View::date)
                .thenComparing(View::proposedAt)
                .thenComparing(view -> view.rate().toString())
                .reversed());
        return all;
    }

    private static View read(Document document) {
        var approvedAt = document.getString("approvedAt");
        return new View(
                new ExchangeRateId(UUID.fromString(document.getString("_id"))),
                approvedAt == null ? "proposed" : "approved",
                Currency.getInstance(document.getString("base")),
                Currency.getInstance(document.getString("quote")),
                new BigDecimal(document.getString("value")),
                LocalDate.parse(document.getString("date")),
                document.getString("reason"),
                document.getString("proposedBy"),
                Instant.parse(document.getString("proposedAt")),
                document.getString("approvedBy"),
                approvedAt == null ? null : Instant.parse(approvedAt));
    }
}
