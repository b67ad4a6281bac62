package menara.billing.contracts;

import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Updates.set;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.mongodb.client.MongoDatabase;
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
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import menara.billing.catalogue.PricePlanId;
import menara.eventstore.spring.NotThereYet;
import menara.eventstore.spring.Projection;
import menara.eventstore.spring.read.ReadModel;
import menara.eventstore.spring.read.SharedReads;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.TenantId;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.bson.Document;
import tools.jackson.databind.json.JsonMapper;

/** The signed contracts as documents, one each. */
@Projection(value = "contracts", by = "contract")
public class ContractReadModel {

    /** Contracts as they were read last, a few kB each. */
    private static final int MAX_REMEMBERED = 1_000;

    private final ReadModel contracts;

    /** Contracts decoded from documents: a document seldom changes between two reads. */
    private final Cache<String, Remembered> remembered =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

    private final SharedReads<String, Document> documents;
    private final JsonMapper json;

    ContractReadModel(MongoDatabase database, JsonMapper json) {
        this.json = json;
        this.contracts = ReadModel.in(database, "contracts");
        this.documents = new SharedReads<>(this::documents);
    }

    @EventHandler(eventName = "menara.billing.ContractSigned")
    void on(ContractSigned event) {
        var tiers = event.serviceLevel().tiers().stream()
                .map(tier -> new Document("belowPercent", tier.belowPercent().toPlainString())
                        .append("creditPercent", tier.creditPercent().toPlainString()))
                .toList();
        // Set field by field: a replay must not take back what changed since.
        var fields = new Document("tenant", event.tenant().value())
                .append("plan", event.plan().value())
                .append("from", event.term().from().toString())
                .append("until", event.term().until().toString())
                .append("currency", event.currency().getCurrencyCode())
                .append("timeZone", event.timeZone().getId())
                .append("targetPercent", event.serviceLevel().targetPercent().toPlainString())
                .append("tiers", tiers)
                .append("terms", json.writeValueAsString(event.signed().terms()))
                .append("signedAt", event.at().toString());
        contracts.put(event.contract().toString(), fields);
    }

    @EventHandler(eventName = "menara.billing.ContractAmended")
    void on(ContractAmended event) {
        change(
                event.contract(),
                event.revision(),
                new ContractChange.Amendment(
                        event.change(), event.from(), event.plan(), event.serviceLevel(), event.at()));
    }

    @EventHandler(eventName = "menara.billing.ContractTermChanged")
    void on(ContractTermChanged event) {
        change(
                event.contract(),
                event.revision(),
                new ContractChange.NewEnd(event.change(), event.until(), event.before(), event.at()));
    }

    @EventHandler(eventName = "menara.billing.BuyerChanged")
    void on(BuyerChanged event) {
        change(
                event.contract(),
                event.revision(),
                new ContractChange.NewBuyer(event.change(), event.buyer(), event.before(), event.at()));
    }

    private void change(ContractId contract, int revision, ContractChange change) {
        contracts.update(
                contract.toString(),
                set("changes." + revision, json.writerFor(ContractChange.class).writeValueAsString(change)));
    }

    /** The failure of a handler that cannot continue without the contract. */
    public NotThereYet notThereYet(ContractId contract) {
        return new NotThereYet("contracts", contract.toString());
    }

    public Optional<Contract.Signed> find(ContractId contract) {
        return contracts.get(contract.toString()).map(this::read);
    }

    /** Those of the given contracts that exist. Callers that ask at the same moment share one query. */
    public Map<ContractId, Contract.Signed> find(Collection<ContractId> ids) {
        var found = new HashMap<ContractId, Contract.Signed>();
        documents
                .find(ids.stream().map(ContractId::toString).collect(Collectors.toSet()))
                .values()
                .forEach(document -> {
                    var contract = read(document);
                    found.put(contract.contract(), contract);
                });
        return found;
    }

    private Map<String, Document> documents(Set<String> ids) {
        var found = new HashMap<String, Document>();
        contracts.find(in("_id", ids)).forEach(document -> found.put(document.getString("_id"), document));
        return found;
    }

    /** All contracts, ordered by the text of their id, as a cursor needs it. Contracts are thousands at most: one scan. */
    public List<Contract.Signed> all() {
        var all = contracts.find().map(this::read).into(new ArrayList<>());
        all.sort(Comparator.comparing(contract -> contract.contract().toString()));
        return all;
    }

    private record Remembered(Document document, Contract.Signed contract) {}

    private Contract.Signed read(Document document) {
        var id = document.getString("_id");
        var before = remembered.getIfPresent(id);
        if (before != null && before.document().equals(document)) {
            return before.contract();
        }
        var contract = parse(document);
        remembered.put(id, new Remembered(document, contract));
        return contract;
    }

    private Contract.Signed parse(Document document) {
        var tiers = document.getList("tiers", Document.class).stream()
                .map(tier -> new ServiceLevel.Tier(
                        new BigDecimal(tier.getString("belowPercent")),
                        new BigDecimal(tier.getString("creditPercent"))))
                .toList();
        var signed = new Contract.Signed(
                new ContractId(UUID.fromString(document.getString("_id"))),
                new TenantId(document.getString("tenant")),
                new PricePlanId(document.getString("plan")),
                new Period(Instant.parse(document.getString("from")), Instant.parse(document.getString("until"))),
                Currency.getInstance(document.getString("currency")),
                ZoneId.of(document.getString("timeZone")),
                new ServiceLevel(new BigDecimal(document.getString("targetPercent")), tiers),
                Instant.parse(document.getString("signedAt")),
                terms(document),
                List.of());
        var changes = document.get("changes", new Document());
        for (int revision = 1; changes.containsKey(Integer.toString(revision)); revision++) {
            signed = signed.changedBy(
                    json.readValue(changes.getString(Integer.toString(revision)), ContractChange.class));
        }
        return signed;
    }

    private ContractTerms terms(Document document) {
        var terms = document.getString("terms");
        return terms == null ? ContractTerms.USUAL : json.readValue(terms, ContractTerms.class);
    }
}
