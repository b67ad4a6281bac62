package menara.investment.calls;

import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import menara.eventstore.spring.Projection;
import menara.eventstore.spring.read.ReadModel;
import menara.investment.calls.CapitalCallIssued.Share;
import menara.investment.milestones.MilestoneId;
import menara.platform.documents.Paging;
import menara.platform.documents.StoredMoney;
import menara.platform.web.Page;
import menara.values.CapitalCallId;
import menara.values.PartnerId;
import menara.values.PhaseId;
import menara.values.refusals.InvalidField;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.bson.Document;
import org.bson.conversions.Bson;

/** One document per call; each event sets its own fields, each contribution the one under its id. */
@Projection(value = "capital-calls", by = "call")
class CallReadModel {

    private final ReadModel calls;

    CallReadModel(MongoDatabase database) {
        this.calls = ReadModel.in(database, "capital_calls");
    }

    @EventHandler(eventName = "menara.investment.CapitalCallDrafted")
    void on(CapitalCallDrafted event) {
        update(
                event.call(),
                combine(
                        set("phase", event.phase().value()),
                        set("milestone", event.milestone().value()),
                        set("purpose", event.purpose()),
                        set("amount", StoredMoney.of(event.amount())),
                        set("dueDate", event.dueDate().toString()),
                        set("draftedBy", signatory(event.draftedBy()))));
    }

    @EventHandler(eventName = "menara.investment.CapitalCallIssued")
    void on(CapitalCallIssued event) {
        update(
                event.call(),
                combine(
                        set("issuedBy", signatory(event.issuedBy())),
                        set("issuedAt", event.at().toString()),
                        set(
                                "shares",
                                event.shares().stream()
                                        .map(share -> new Document(
                                                        "partner",
                                                        share.partner().value())
                                                .append("amount", StoredMoney.of(share.amount())))
                                        .toList())));
    }

    @EventHandler(eventName = "menara.investment.ContributionReceived")
    void on(ContributionReceived event) {
        update(
                event.call(),
                set(
                        "contributions." + event.contribution(),
                        new Document("partner", event.partner().value())
                                .append("amount", StoredMoney.of(event.amount()))
                                .append("paidOn", event.paidOn().toString())
                                .append("at", event.at().toString())));
    }

    Optional<CallView> find(CapitalCallId call) {
        return calls.get(call.toString()).map(CallReadModel::read);
    }

    /** @param state draft or issued; both if it is empty */
    Page<CallView> page(Paging paging, Optional<String> state) {
        var wanted = state.map(asked -> switch (asked) {
                    case "draft" -> exists("issuedAt", false);
                    case "issued" -> exists("issuedAt");
                    default -> throw new InvalidField("state", "must be draft or issued, was " + asked);
                })
                .orElseGet(Filters::empty);
        return paging.pageById(calls, wanted, CallReadModel::read);
    }

    private void update(CapitalCallId call, Bson update) {
        calls.upsert(call.toString(), update);
    }

    private static Document signatory(Signatory signatory) {
        return new Document("subject", signatory.subject()).append("name", signatory.name());
    }

    private static CallView read(Document document) {
        var id = new CapitalCallId(UUID.fromString(document.getString("_id")));
        var terms = new CapitalCall.Terms(
                new PhaseId(document.getString("phase")),
                new MilestoneId(document.getString("milestone")),
                document.getString("purpose"),
                StoredMoney.read(document, "amount"),
                LocalDate.parse(document.getString("dueDate")));
        var draftedBy = readSignatory(document.get("draftedBy", Document.class));
        var issuedBy = document.get("issuedBy", Document.class);
        return CallView.of(
                id,
                issuedBy == null
                        ? new CapitalCall.Draft(terms, draftedBy)
                        : new CapitalCall.Issued(
                                terms,
                                draftedBy,
                                readSignatory(issuedBy),
                                Instant.parse(document.getString("issuedAt")),
                                readShares(document),
                                readContributions(id, document)));
    }

    private static Signatory readSignatory(Document document) {
        return new Signatory(document.getString("subject"), document.getString("name"));
    }

    private static List<Share> readShares(Document document) {
        return document.getList("shares", Document.class).stream()
                .map(share -> new Share(new PartnerId(share.getString("partner")), StoredMoney.read(share, "amount")))
                .toList();
    }

    private static Map<ContributionId, ContributionReceived> readContributions(CapitalCallId call, Document document) {
        var stored = document.get("contributions", new Document());
        var contributions = new HashMap<ContributionId, ContributionReceived>();
        for (var key : stored.keySet()) {
            var paid = stored.get(key, Document.class);
            var id = new ContributionId(UUID.fromString(key));
            contributions.put(
                    id,
                    new ContributionReceived(
                            call,
                            id,
                            new PartnerId(paid.getString("partner")),
                            StoredMoney.read(paid, "amount"),
                            LocalDate.parse(paid.getString("paidOn")),
                            Instant.parse(paid.getString("at"))));
        }
        return contributions;
    }
}
