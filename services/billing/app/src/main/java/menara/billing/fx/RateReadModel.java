package menara.billing.fx;

import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Updates.setOnInsert;

import com.mongodb.client.MongoDatabase;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import menara.eventstore.spring.read.ReadModel;
import org.bson.Document;
import org.springframework.stereotype.Component;

/**
 * The rates as they were published, written once and never changed, and those that two people entered; the rate of the day before if a day
 * has none.
 */
@Component
public class RateReadModel {

    /** How far back a rate still counts: longer than any run of holidays. */
    static final int MAX_AGE_DAYS = 10;

    /** The publishers in the order in which their rates count; the central bank of the invoice's tax comes first. */
    private static final List<String> SOURCES = List.of("bank-al-maghrib", "ecb");

    /** Source of rates that two people entered; the last entry of a day counts. */
    static final String MANUAL = "manual";

    private static final Currency EURO = Currency.getInstance("EUR");

    private final ReadModel rates;

    RateReadModel(MongoDatabase database) {
        this.rates = ReadModel.in(database, "fx_rates");
    }

    /** Stores rates that are not stored yet; a published rate stays as it was first read. */
    void add(List<Rate> published) {
        for (var rate : published) {
            rates.upsert(
                    id(rate.source(), rate.base(), rate.quote(), rate.date()),
                    setOnInsert("value", rate.value().toPlainString()));
        }
    }

    /**
     * Stores a rate that two people agreed on, in place of an earlier one for the same day. Invoices keep the rate they were issued with.
     */
    void enter(Rate entered) {
        rates.put(
                id(MANUAL, entered.base(), entered.quote(), entered.date()),
                new Document("value", entered.value().toPlainString()));
    }

    private static String id(String source, Currency base, Currency quote, LocalDate date) {
        return String.join("|", source, base.getCurrencyCode(), quote.getCurrencyCode(), date.toString());
    }

    /**
     * What one {@code base} was worth in {@code quote} on {@code date}, as published or entered last until then. People enter a rate
     * because none was published for a day, or a wrong one: the entered rate counts from its day until a later one is published.
     */
    public Optional<Rate> find(Currency base, Currency quote, LocalDate date) {
        var published = SOURCES.stream()
                .flatMap(source -> from(source, base, quote, date).stream())
                .findFirst();
        var entered = from(MANUAL, base, quote, date)
                .filter(rate -> published.isEmpty()
                        || !rate.date().isBefore(published.get().date()));
        return entered.or(() -> published);
    }

    private Optional<Rate> from(String source, Currency base, Currency quote, LocalDate date) {
        return later(
                        published(source, base, quote, date),
                        published(source, quote, base, date).map(RateReadModel::inverse))
                .or(() -> throughEuro(source, base, quote, date));
    }

    /** The one of the later day; of two of one day, the one that was published directly instead of its inverse. */
    private static Optional<Rate> later(Optional<Rate> direct, Optional<Rate> inverse) {
        return direct.filter(rate ->
                        inverse.isEmpty() || !rate.date().isBefore(inverse.get().date()))
                .or(() -> inverse);
    }

    private Optional<Rate> published(String source, Currency base, Currency quote, LocalDate date) {
        var days = new ArrayList<LocalDate>();
        for (int age = 0; age <= MAX_AGE_DAYS; age++) {
            days.add(date.minusDays(age));
        }
        var ids = days.stream().map(day -> id(source, base, quote, day)).toList();
        var found = rates.find(in("_id", ids)).into(new ArrayList<>());
        // The id ends with the date, so the greatest is the latest.
        return found.stream()
                .max(java.util.Comparator.comparing(document -> document.getString("_id")))
                .map(document -> new Rate(
                        base,
                        quote,
                        new BigDecimal(document.getString("value")),
                        source,
                        LocalDate.parse(lastPart(document.getString("_id")))));
    }

    /** The European Central Bank publishes against the euro only; a rate that two people entered counts only for the pair they named. */
    private Optional<Rate> throughEuro(String source, Currency base, Currency quote, LocalDate date) {
        if (source.equals(MANUAL)) {
            return Optional.empty();
        }
        var toBase = published(source, EURO, base, date);
        var toQuote = published(source, EURO, quote, date);
        return toBase.isPresent()
                        && toQuote.isPresent()
                        && toBase.get().date().equals(toQuote.get().date())
                ? Optional.of(new Rate(
                        base,
                        quote,
                        toQuote.get().value().divide(toBase.get().value(), MathContext.DECIMAL64),
                        source,
                        toBase.get().date()))
                : Optional.empty();
    }

    private static Rate inverse(Rate rate) {
        return new Rate(
                rate.quote(),
                rate.base(),
                BigDecimal.ONE.divide(rate.value(), MathContext.DECIMAL64),
                rate.source(),
                rate.date());
    }

    private static String lastPart(String id) {
        return id.substring(id.lastIndexOf('|') + 1);
    }
}
