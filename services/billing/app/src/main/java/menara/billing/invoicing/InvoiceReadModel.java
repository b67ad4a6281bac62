package menara.billing.invoicing;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static menara.eventstore.spring.read.ReadModel.index;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoDatabase;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import menara.billing.drafting.AskedFor;
import menara.billing.drafting.InvoiceContent;
import menara.billing.drafting.InvoiceFilter;
import menara.billing.drafting.InvoiceId;
import menara.billing.drafting.InvoiceState;
import menara.billing.fx.Rate;
import menara.eventstore.spring.Projection;
import menara.eventstore.spring.read.ReadModel;
import menara.values.ContractId;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.bson.Document;
import org.bson.conversions.Bson;
import tools.jackson.databind.json.JsonMapper;

/** The invoices from approval on, one document each. */
@Projection(value = "invoices", by = "invoice")
public class InvoiceReadModel {

    private final ReadModel invoices;
    private final ReadModel byContract;
    private final JsonMapper json;

    InvoiceReadModel(MongoDatabase database, JsonMapper json) {
        this.invoices = ReadModel.in(
                database, "invoices", index("tenant", "_id"), index("month", "_id"), index("credited", "_id"));
        this.byContract = ReadModel.in(database, "contract_invoices");
        this.json = json;
    }

    @EventHandler(eventName = "menara.billing.InvoiceApproved")
    void on(InvoiceApproved event) {
        var content = event.content();
        byContract.upsert(
                content.contract().toString(),
                set("invoices." + event.invoice(), content.month().toString()));
        invoices.upsert(
                event.invoice().toString(),
                combine(
                        set("contract", content.contract().toString()),
                        set("tenant", content.tenant().value()),
                        set("month", content.month().toString()),
                        set("content", json.writeValueAsString(content)),
                        set("preparedBy", event.preparedBy()),
                        set("approvedBy", event.approvedBy()),
                        set("approvedAt", event.at().toString())));
    }

    @EventHandler(eventName = "menara.billing.InvoiceIssued")
    void on(InvoiceIssued event) {
        var rate = event.rate();
        invoices.update(
                event.invoice().toString(),
                combine(
                        set("number", event.number()),
                        set("issuedOn", event.issuedOn().toString()),
                        set("issuedAt", event.at().toString()),
                        set("dueOn", event.dueOn().toString()),
                        set("rate", rate == null ? null : json.writeValueAsString(rate))));
    }

    @EventHandler(eventName = "menara.billing.InvoiceVoided")
    void on(InvoiceVoided event) {
        invoices.update(
                event.invoice().toString(),
                combine(set("void", event.reason()), set("voidedAt", event.at().toString())));
    }

    @EventHandler(eventName = "menara.billing.CreditNoteIssued")
    void on(CreditNoteIssued event) {
        var note = new ApprovedInvoice.Note(
                event.number(),
                event.issuedOn(),
                event.kind(),
                event.whole(),
                event.reason(),
                event.content(),
                event.at());
        invoices.update(
                event.invoice().toString(),
                combine(set("notes." + event.number(), json.writeValueAsString(note)), set("credited", event.whole())));
    }

    public Optional<ApprovedInvoice> find(InvoiceId invoice) {
        return invoices.get(invoice.toString()).map(this::read);
    }

    /** The invoices of a contract, by month and then in the order in which they were approved. */
    public List<ApprovedInvoice> of(ContractId contract) {
        return of(List.of(contract)).getOrDefault(contract, List.of());
    }

    /** The invoices of each of the contracts that has any. */
    public Map<ContractId, List<ApprovedInvoice>> of(List<ContractId> contracts) {
        var ids = ids(contracts);
        var found = new HashMap<ContractId, List<ApprovedInvoice>>();
        if (!ids.isEmpty()) {
            invoices.find(in("_id", ids)).map(this::read).into(new ArrayList<>()).stream()
                    .sorted(Comparator.comparing(
                                    (ApprovedInvoice view) -> view.content().month())
                            .thenComparing(ApprovedInvoice::approvedAt))
                    .forEach(view -> found.computeIfAbsent(view.content().contract(), _ -> new ArrayList<>())
                            .add(view));
        }
        return found;
    }

    private List<String> ids(List<ContractId> contracts) {
        return byContract
                .find(in("_id", contracts.stream().map(ContractId::toString).toList()))
                .into(new ArrayList<>())
                .stream()
                .flatMap(document -> document.get("invoices", Document.class).keySet().stream())
                .toList();
    }

    /** The next invoice of a month: empty if there is one that stands. */
    public static Optional<InvoiceId> next(ContractId contract, YearMonth month, List<ApprovedInvoice> invoices) {
        var ofMonth = invoices.stream()
                .filter(view -> view.content().month().equals(month))
                .toList();
        return ofMonth.stream().allMatch(ApprovedInvoice::isDead)
                ? Optional.of(InvoiceId.of(contract, month, ofMonth.size() + 1))
                : Optional.empty();
    }

    /** What invoices have asked for, as of {@code asOf}. */
    public static AskedFor askedFor(List<ApprovedInvoice> views, Instant asOf) {
        var asked = AskedFor.NOTHING;
        for (var view : views) {
            if (view.approvedAt().isAfter(asOf) || view.isVoidOn(asOf)) {
                continue;
            }
            asked = asked.approved(view.invoice(), view.content());
            for (var note : view.notes()) {
                if (!note.at().isAfter(asOf)) {
                    asked = asked.noted(view.invoice(), note.content(), note.kind(), note.whole());
                }
            }
        }
        return asked;
    }

    private ApprovedInvoice read(Document document) {
        return new ApprovedInvoice(
                new InvoiceId(UUID.fromString(document.getString("_id"))),
                content(document),
                document.getString("preparedBy"),
                document.getString("approvedBy"),
                instant(document, "approvedAt"),
                state(document));
    }

    /** As it was approved, in dirham at the rate of the day of issue once there is one. */
    private InvoiceContent content(Document document) {
        var content = json.readValue(document.getString("content"), InvoiceContent.class);
        var rate = document.getString("rate");
        return rate == null ? content : content.at(json.readValue(rate, Rate.class));
    }

    private ApprovedInvoice.State state(Document document) {
        if (document.containsKey("void")) {
            return new ApprovedInvoice.State.Voided(instant(document, "voidedAt"));
        }
        if (!document.containsKey("number")) {
            return new ApprovedInvoice.State.Unissued();
        }
        var notes = document.get("notes", new Document());
        return new ApprovedInvoice.State.Issued(
                document.getString("number"),
                LocalDate.parse(document.getString("issuedOn")),
                instant(document, "issuedAt"),
                LocalDate.parse(document.getString("dueOn")),
                notes.keySet().stream()
                        .sorted()
                        .map(number -> json.readValue(notes.getString(number), ApprovedInvoice.Note.class))
                        .toList());
    }

    private static Instant instant(Document document, String name) {
        return Instant.parse(document.getString(name));
    }

    /** The first {@code count} matches, in the order of their ids. */
    List<InvoiceId> first(InvoiceFilter filter, int count) {
        var filters = new ArrayList<>(List.of(filter.conditions()));
        filter.contract().ifPresent(contract -> filters.add(in("_id", ids(List.of(contract)))));
        filter.state().ifPresent(state -> filters.add(inState(state)));
        return ids(invoices.find(and(filters)).sort(ascending("_id")).limit(count));
    }

    /** Which of the given ids are approved invoices and not only drafts. */
    Set<InvoiceId> decided(Collection<InvoiceId> ids) {
        return Set.copyOf(ids(
                invoices.find(in("_id", ids.stream().map(InvoiceId::toString).toList()))));
    }

    private static List<InvoiceId> ids(FindIterable<Document> found) {
        return found.projection(include("_id"))
                .map(document -> new InvoiceId(UUID.fromString(document.getString("_id"))))
                .into(new ArrayList<>());
    }

    /** The filter on documents for a state of invoices. */
    private static Bson inState(InvoiceState state) {
        var notVoid = exists("void", false);
        var notCredited = ne("credited", true);
        return switch (state) {
            case VOID -> exists("void");
            case CREDITED -> and(notVoid, eq("credited", true));
            case ISSUED -> and(notVoid, notCredited, exists("number"));
            case APPROVED -> and(notVoid, notCredited, exists("number", false));
            case DRAFT -> throw new IllegalArgumentException("a draft is no invoice yet");
        };
    }

    /** Those of the given invoices that exist, in no order. */
    List<ApprovedInvoice> find(Collection<InvoiceId> ids) {
        return invoices.find(in("_id", ids.stream().map(InvoiceId::toString).toList()))
                .map(this::read)
                .into(new ArrayList<>());
    }
}
