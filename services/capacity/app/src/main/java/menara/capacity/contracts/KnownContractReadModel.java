package menara.capacity.contracts;

import static menara.capacity.documents.Fields.date;
import static menara.capacity.documents.Fields.period;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import menara.billing.contract.ContractSigned;
import menara.billing.contract.ContractTermChanged;
import menara.eventstore.spring.Projection;
import menara.eventstore.spring.read.ReadModel;
import menara.values.ContractId;
import menara.values.TenantId;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * One document per contract. Its tenant is set once and never changes; of two ends of the term the later revision holds, so that a repeated
 * delivery changes nothing. Queries are by {@code _id} only.
 */
@Projection(value = "capacity-contracts", of = "billing", by = "contract")
class KnownContractReadModel implements KnownContracts {

    private final ReadModel contracts;

    KnownContractReadModel(MongoDatabase database) {
        this.contracts = ReadModel.in(database, "contracts");
    }

    @EventHandler(eventName = "menara.billing.ContractSigned")
    void on(ContractSigned event) {
        var document = new Document("tenant", event.tenant().value())
                .append("from", date(event.term().from()))
                .append("until", date(event.term().until()))
                .append("revision", 0);
        contracts.upsert(event.contract().toString(), new Document("$setOnInsert", document));
    }

    @EventHandler(eventName = "menara.billing.ContractTermChanged")
    void on(ContractTermChanged event) {
        contracts.update(
                event.contract().toString(),
                Filters.lt("revision", event.revision()),
                Updates.combine(Updates.set("until", date(event.until())), Updates.set("revision", event.revision())));
    }

    @Override
    public @Nullable KnownContract of(ContractId contract) {
        var found = contracts.find(Filters.eq("_id", contract.toString())).first();
        return found == null
                ? null
                : new KnownContract(contract, new TenantId(found.getString("tenant")), period(found));
    }
}
