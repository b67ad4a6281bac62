package menara.billing.contracts;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.ReplaceOptions;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import menara.billing.catalogue.PricePlanId;
import menara.platform.eventsourcing.Projection;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.TenantId;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.bson.Document;

/** The signed contracts as documents, one each. */
@Projection("contracts")
public class Contracts {

    private final MongoCollection<Document> contracts;

    Contracts(MongoDatabase database) {
        this.contracts = database.getCollection("contracts");
    }

    @EventHandler(eventName = "menara.billing.ContractConcluded")
    void on(ContractConcluded event) {
        var tiers = event.serviceLevel().tiers().stream()
                .map(tier -> new Document("belowPercent", tier.belowPercent().toPlainString())
                        .append("creditPercent", tier.creditPercent().toPlainString()))
                .toList();
        contracts.replaceOne(
                eq("_id", event.contract().toString()),
                new Document("tenant", event.tenant().value())
                        .append("plan", event.plan().value())
                        .append("from", event.term().from().toString())
                        .append("until", event.term().until().toString())
                        .append("currency", event.currency().getCurrencyCode())
                        .append("timeZone", event.timeZone().getId())
                        .append(
                                "targetPercent",
                                event.serviceLevel().targetPercent().toPlainString())
                        .append("tiers", tiers)
                        .append("signedAt", event.at().toString()),
                new ReplaceOptions().upsert(true));
    }

    public Optional<Contract.Signed> find(ContractId contract) {
        return Optional.ofNullable(
                        contracts.find(eq("_id", contract.toString())).first())
                .map(Contracts::read);
    }

    /** Those of the given contracts that exist. */
    public Map<ContractId, Contract.Signed> find(Collection<ContractId> ids) {
        var found = new HashMap<ContractId, Contract.Signed>();
        contracts
                .find(in("_id", ids.stream().map(ContractId::toString).toList()))
                .map(Contracts::read)
                .forEach(contract -> found.put(contract.contract(), contract));
        return found;
    }

    /** All contracts, ordered by the text of their id, as a cursor needs it. Contracts are thousands at most: one scan. */
    public List<Contract.Signed> all() {
        var all = contracts.find().map(Contracts::read).into(new ArrayList<>());
        all.sort(Comparator.comparing(contract -> contract.contract().toString()));
        return all;
    }

    private static Contract.Signed read(Document document) {
        var tiers = document.getList("tiers", Document.class).stream()
                .map(tier -> new ServiceLevel.Tier(
                        new BigDecimal(tier.getString("belowPercent")),
                        new BigDecimal(tier.getString("creditPercent"))))
                .toList();
        return new Contract.Signed(
                new ContractId(UUID.fromString(document.getString("_id"))),
                new TenantId(document.getString("tenant")),
                new PricePlanId(document.getString("plan")),
                new Period(Instant.parse(document.getString("from")), Instant.parse(document.getString("until"))),
                Currency.getInstance(document.getString("currency")),
                ZoneId.of(document.getString("timeZone")),
                new ServiceLevel(new BigDecimal(document.getString("targetPercent")), tiers),
                Instant.parse(document.getString("signedAt")));
    }
}
