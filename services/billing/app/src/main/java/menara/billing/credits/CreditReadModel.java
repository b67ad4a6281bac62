package menara.billing.credits;

import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoDatabase;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import menara.billing.rating.ServiceCredit;
import menara.eventstore.spring.Projection;
import menara.eventstore.spring.read.ReadModel;
import menara.values.ContractId;
import menara.values.Money;
import menara.values.TenantId;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.bson.Document;

/** The credit of each contract and month, as it stands and as it stood after every revision. */
@Projection(value = "credits", by = "credit")
public class CreditReadModel implements ServiceCredit {

    private static final int HISTORY_WINDOW = 64;

    private final ReadModel latest;
    private final ReadModel history;

    CreditReadModel(MongoDatabase database) {
        this.latest = ReadModel.in(database, "credits");
        this.history = ReadModel.in(database, "credit_history");
    }

    /**
     * A credit as it stood at some time.
     *
     * @param credit contract and month
     * @param assessed what was decided
     * @param at when
     */
    public record Decided(CreditId credit, Credit.Assessed assessed, Instant at) {

        /** The text of its line: the share of {@code charges} that is credited, and why. */
        public String explanation(Money charges) {
            return "availability %s %%: %s %% of %s"
                    .formatted(
                            assessed.availability().percent().toPlainString(),
                            assessed.creditPercent().toPlainString(),
                            charges);
        }
    }

    @EventHandler(eventName = "menara.billing.SlaCreditGranted")
    void on(SlaCreditGranted event) {
        put(event);
    }

    @EventHandler(eventName = "menara.billing.SlaCreditRevised")
    void on(SlaCreditRevised event) {
        put(event);
    }

    @EventHandler(eventName = "menara.billing.SlaCreditWithdrawn")
    void on(SlaCreditWithdrawn event) {
        put(event);
    }

    @EventHandler(eventName = "menara.billing.AvailabilityTargetMet")
    void on(AvailabilityTargetMet event) {
        put(event);
    }

    private void put(CreditEvent event) {
        var id = event.credit().toString();
        history.put(id + "|" + event.assessed().revision(), document(event));
        latest.put(id, document(event));
    }

    @Override
    public BigDecimal percent(ContractId contract, YearMonth month, Instant asOf) {
        return find(new CreditId(contract, month), asOf)
                .map(decided -> decided.assessed().creditPercent())
                .orElse(BigDecimal.ZERO);
    }

    /** The credit as of {@code asOf}. */
    public Optional<Decided> find(CreditId credit, Instant asOf) {
        return latest.get(credit.toString()).map(CreditReadModel::read).flatMap(decided -> stoodOn(decided, asOf));
    }

    /** Those of the given credits that stood on {@code asOf}, by month. */
    public List<Decided> find(Collection<CreditId> credits, Instant asOf) {
        var ids = credits.stream().map(CreditId::toString).toList();
        return latest.find(in("_id", ids)).map(CreditReadModel::read).into(new ArrayList<>()).stream()
                .flatMap(decided -> stoodOn(decided, asOf).stream())
                .sorted(Comparator.comparing(decided -> decided.credit().month()))
                .toList();
    }

    private Optional<Decided> stoodOn(Decided last, Instant asOf) {
        if (!last.at().isAfter(asOf)) {
            return Optional.of(last);
        }
        for (long until = last.assessed().revision(); until > 1; until -= HISTORY_WINDOW) {
            var ids = LongStream.range(Math.max(1, until - HISTORY_WINDOW), until)
                    .mapToObj(revision -> last.credit() + "|" + revision)
                    .toList();
            var stood = history.find(in("_id", ids)).map(CreditReadModel::read).into(new ArrayList<>()).stream()
                    .filter(decided -> !decided.at().isAfter(asOf))
                    .max(Comparator.comparingLong(decided -> decided.assessed().revision()));
            if (stood.isPresent()) {
                return stood;
            }
        }
        return Optional.empty();
    }

    private static Document document(CreditEvent event) {
        var assessed = event.assessed();
        return new Document("contract", event.credit().contract().toString())
                .append("month", event.credit().month().toString())
                .append("tenant", assessed.tenant().value())
                .append("revision", assessed.revision())
                .append("measurement", assessed.availability().measurement())
                .append("scheduled", assessed.availability().scheduledRackMinutes())
                .append("unavailable", assessed.availability().unavailableRackMinutes())
                .append("creditPercent", assessed.creditPercent().toPlainString())
                .append("currency", assessed.amount().currency().getCurrencyCode())
                .append("charges", assessed.charges().amount().toPlainString())
                .append("amount", assessed.amount().amount().toPlainString())
                .append("at", event.at().toString());
    }

    private static Decided read(Document document) {
        var currency = Currency.getInstance(document.getString("currency"));
        return new Decided(
                new CreditId(
                        new ContractId(UUID.fromString(document.getString("contract"))),
                        YearMonth.parse(document.getString("month"))),
                new Credit.Assessed(
                        new TenantId(document.getString("tenant")),
                        document.getLong("revision"),
                        new Availability(
                                document.getLong("measurement"),
                                document.getLong("scheduled"),
                                document.getLong("unavailable")),
                        new BigDecimal(document.getString("creditPercent")),
                        Money.of(new BigDecimal(document.getString("charges")), currency),
                        Money.of(new BigDecimal(document.getString("amount")), currency)),
                Instant.parse(document.getString("at")));
    }
}
