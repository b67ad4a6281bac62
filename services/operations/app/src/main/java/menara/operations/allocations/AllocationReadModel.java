package menara.operations.allocations;

import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoDatabase;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import menara.billing.contract.ContractSigned;
import menara.capacity.contract.ReservationActivated;
import menara.capacity.contract.ReservationEnded;
import menara.eventstore.spring.read.ReadModel;
import menara.operations.allocations.AllocationHistory.End;
import menara.operations.allocations.AllocationHistory.Handover;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;
import org.bson.Document;
import org.springframework.stereotype.Component;

/**
 * One document per allocation with all its versions, one per contract, and look-ups from contract, tenant and rack to
 * allocations. Each event sets its own fields, so the order between capacity's and billing's logs does not matter and a
 * repeated delivery changes nothing.
 */
@Component
public class AllocationReadModel {

    private final ReadModel allocations;
    private final ReadModel contracts;
    private final ReadModel byTenant;
    private final ReadModel byRack;

    AllocationReadModel(MongoDatabase database) {
        this.allocations = ReadModel.in(database, "allocations");
        this.contracts = ReadModel.in(database, "contracts");
        this.byTenant = ReadModel.in(database, "allocations_by_tenant");
        this.byRack = ReadModel.in(database, "allocations_by_rack");
    }

    /** When it returns, the next read sees the event. */
    void apply(ReservationActivated event) {
        var version = new Document("racks", names(event.racks()))
                .append("from", began(event).toString())
                .append("until", event.period().until().toString());
        var handover = combine(
                set("contract", event.contract().toString()),
                set("tenant", event.tenant().value()),
                set("handovers." + key(event.at()), version));
        allocations.upsert(event.reservation().toString(), handover);
        var mark = set("reservations." + event.reservation(), true);
        contracts.upsert(event.contract().toString(), mark);
        byTenant.upsert(event.tenant().value(), mark);
        byRack.upsertAll(names(event.racks()), mark);
    }

    /** A reservation alone has no racks: racks that are not handed over yet cannot be unavailable. */
    private static Instant began(ReservationActivated event) {
        var promised = event.period().from();
        return event.handedOverAt().isAfter(promised) ? event.handedOverAt() : promised;
    }

    /** When it returns, the next read sees the event. */
    void apply(ReservationEnded event) {
        allocations.upsert(
                event.reservation().toString(),
                combine(
                        set("contract", event.contract().toString()),
                        set("tenant", event.tenant().value()),
                        set("ends." + key(event.at()), event.endedAt().toString())));
    }

    /** When it returns, the next read sees the event. */
    void apply(ContractSigned event) {
        contracts.upsert(
                event.contract().toString(),
                combine(
                        set("tenant", event.tenant().value()),
                        set("timeZone", event.timeZone().getId()),
                        set("signedAt", event.at().toString())));
    }

    /** Empty until billing announced the contract. */
    public Optional<ContractTerms> terms(ContractId contract) {
        return contracts
                .get(contract.toString())
                .filter(document -> document.containsKey("signedAt"))
                .map(document -> new ContractTerms(
                        contract,
                        new TenantId(document.getString("tenant")),
                        ZoneId.of(document.getString("timeZone")),
                        Instant.parse(document.getString("signedAt"))));
    }

    public Optional<AllocationHistory> find(ReservationId reservation) {
        return read(Set.of(reservation.toString())).stream().findFirst();
    }

    public List<AllocationHistory> of(ContractId contract) {
        return marked(contracts, List.of(contract.toString()));
    }

    public List<AllocationHistory> of(TenantId tenant) {
        return marked(byTenant, List.of(tenant.value()));
    }

    /** Every allocation that ever held one of {@code racks}. */
    public List<AllocationHistory> holding(Collection<RackId> racks) {
        return marked(byRack, names(racks));
    }

    private List<AllocationHistory> marked(ReadModel lookUp, List<String> keys) {
        Set<String> reservations = new HashSet<>();
        lookUp.find(in("_id", keys))
                .forEach(found -> reservations.addAll(
                        found.get("reservations", new Document()).keySet()));
        return read(reservations);
    }

    private List<AllocationHistory> read(Set<String> reservations) {
        if (reservations.isEmpty()) {
            return List.of();
        }
        return allocations
                .find(in("_id", reservations))
                .map(AllocationReadModel::read)
                .into(new ArrayList<>());
    }

    private static AllocationHistory read(Document document) {
        var handovers = document.get("handovers", new Document());
        var ends = document.get("ends", new Document());
        return new AllocationHistory(
                new ReservationId(UUID.fromString(document.getString("_id"))),
                new ContractId(UUID.fromString(document.getString("contract"))),
                new TenantId(document.getString("tenant")),
                handovers.keySet().stream()
                        .sorted()
                        .map(key -> readHandover(handovers.get(key, Document.class), instantOf(key)))
                        .toList(),
                ends.keySet().stream()
                        .sorted()
                        .map(key -> new End(Instant.parse(ends.getString(key)), instantOf(key)))
                        .toList());
    }

    private static Handover readHandover(Document version, Instant at) {
        return new Handover(
                version.getList("racks", String.class).stream().map(RackId::new).toList(),
                Period.between(Instant.parse(version.getString("from")), Instant.parse(version.getString("until"))),
                at);
    }

    /** A field name that sorts like the instant it stands for. */
    private static String key(Instant at) {
        return "%012d-%09d".formatted(at.getEpochSecond(), at.getNano());
    }

    private static Instant instantOf(String key) {
        int dash = key.lastIndexOf('-');
        return Instant.ofEpochSecond(Long.parseLong(key.substring(0, dash)), Long.parseLong(key.substring(dash + 1)));
    }

    private static List<String> names(Collection<RackId> racks) {
        return racks.stream().map(RackId::value).toList();
    }
}
