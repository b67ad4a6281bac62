package menara.investment.accounts;

import static com.mongodb.client.model.Filters.eq;
import static menara.eventstore.spring.read.ReadModel.index;

import com.mongodb.client.MongoDatabase;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import menara.eventstore.spring.Projection;
import menara.eventstore.spring.read.ReadModel;
import menara.investment.accounts.Entry.Called;
import menara.investment.accounts.Entry.Committed;
import menara.investment.accounts.Entry.Contributed;
import menara.investment.calls.CapitalCallIssued;
import menara.investment.calls.ContributionId;
import menara.investment.calls.ContributionReceived;
import menara.investment.commitments.CommitmentMade;
import menara.investment.commitments.ShareClass;
import menara.platform.documents.StoredMoney;
import menara.values.CapitalCallId;
import menara.values.PartnerId;
import menara.values.PhaseId;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.bson.Document;
import org.bson.conversions.Bson;

/** One document per line of an account: a few per partner and call, so they are read by a scan. */
@Projection(
        value = "partner-accounts",
        by = {"call", "partner"})
class AccountReadModel implements Accounts {

    private static final String COMMITTED = "committed";
    private static final String CALLED = "called";
    private static final String CONTRIBUTED = "contributed";

    private final ReadModel lines;

    AccountReadModel(MongoDatabase database) {
        this.lines = ReadModel.in(database, "account_lines", index("partner"));
    }

    @EventHandler(eventName = "menara.investment.CommitmentMade")
    void on(CommitmentMade event) {
        put(
                "%s/%s/%s".formatted(COMMITTED, event.partner(), event.shareClass()),
                line(COMMITTED, event.partner(), event.at())
                        .append("shareClass", event.shareClass().value())
                        .append("amount", StoredMoney.of(event.amount())));
    }

    @EventHandler(eventName = "menara.investment.CapitalCallIssued")
    void on(CapitalCallIssued event) {
        for (var share : event.shares()) {
            put(
                    "%s/%s/%s".formatted(CALLED, event.call(), share.partner()),
                    line(CALLED, share.partner(), event.at())
                            .append("call", event.call().toString())
                            .append("phase", event.phase().value())
                            .append("purpose", event.purpose())
                            .append("dueDate", event.dueDate().toString())
                            .append("amount", StoredMoney.of(share.amount())));
        }
    }

    @EventHandler(eventName = "menara.investment.ContributionReceived")
    void on(ContributionReceived event) {
        put(
                "%s/%s".formatted(CONTRIBUTED, event.contribution()),
                line(CONTRIBUTED, event.partner(), event.at())
                        .append("contribution", event.contribution().toString())
                        .append("call", event.call().toString())
                        .append("paidOn", event.paidOn().toString())
                        .append("amount", StoredMoney.of(event.amount())));
    }

    @Override
    public Ledger all() {
        return read(new Document());
    }

    @Override
    public Ledger of(PartnerId partner) {
        return read(eq("partner", partner.value()));
    }

    private void put(String id, Document line) {
        lines.put(id, line);
    }

    private static Document line(String kind, PartnerId partner, Instant at) {
        return new Document("kind", kind).append("partner", partner.value()).append("at", at.toString());
    }

    private Ledger read(Bson filter) {
        var found = lines.find(filter).into(new ArrayList<>());
        found.sort(Comparator.comparing((Document line) -> Instant.parse(line.getString("at")))
                .thenComparing(line -> line.getString("_id")));
        return new Ledger(
                of(found, COMMITTED).map(AccountReadModel::committed).toList(),
                of(found, CALLED).map(AccountReadModel::called).toList(),
                of(found, CONTRIBUTED).map(AccountReadModel::contributed).toList());
    }

    private static Stream<Document> of(List<Document> found, String kind) {
        return found.stream().filter(line -> line.getString("kind").equals(kind));
    }

    private static Committed committed(Document line) {
        return new Committed(
                partner(line),
                new ShareClass(line.getString("shareClass")),
                StoredMoney.read(line, "amount"),
                at(line));
    }

    private static Called called(Document line) {
        return new Called(
                partner(line),
                call(line),
                new PhaseId(line.getString("phase")),
                line.getString("purpose"),
                LocalDate.parse(line.getString("dueDate")),
                StoredMoney.read(line, "amount"),
                at(line));
    }

    private static Contributed contributed(Document line) {
        return new Contributed(
                partner(line),
                new ContributionId(UUID.fromString(line.getString("contribution"))),
                call(line),
                StoredMoney.read(line, "amount"),
                LocalDate.parse(line.getString("paidOn")),
                at(line));
    }

    private static PartnerId partner(Document line) {
        return new PartnerId(line.getString("partner"));
    }

    private static CapitalCallId call(Document line) {
        return new CapitalCallId(UUID.fromString(line.getString("call")));
    }

    private static Instant at(Document line) {
        return Instant.parse(line.getString("at"));
    }
}
