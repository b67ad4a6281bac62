package menara.billing.invoicing;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOptions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import menara.platform.eventsourcing.Projection;
import menara.values.ContractId;
import org.axonframework.messaging.eventhandling.annotation.EventHandler;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The invoices from approval on, one document each, and which of them a contract has. */
@Projection("invoices")
public class Invoices {

    /** Earlier months that an invoice looks at again; what is found of older ones is asked for by nobody. */
    public static final int ADJUSTED_MONTHS = Drafting.ADJUSTED_MONTHS;

    private final MongoCollection<Document> invoices;
    private final MongoCollection<Document> byContract;
    private final JsonMapper json;

    Invoices(MongoDatabase database, JsonMapper json) {
        this.invoices = database.getCollection("invoices");
        this.byContract = database.getCollection("contract_invoices");
        this.json = json;
    }

    /**
     * @param state one of approved, issued, credited and void
     * @param preparedBy subject of who prepared the draft
     * @param number null before issue
     * @param issuedOn null before issue
     * @param dueOn null before issue
     * @param notes credit notes, in order
     */
    public record View(
            InvoiceId invoice,
            String state,
            InvoiceContent content,
            String preparedBy,
            String approvedBy,
            Instant approvedAt,
            @Nullable String number,
            @Nullable LocalDate issuedOn,
            @Nullable LocalDate dueOn,
            List<Note> notes) {

        boolean isDead() {
            return state.equals("void") || state.equals("credited");
        }
    }

    /** @param number as printed */
    public record Note(String number, LocalDate issuedOn, String reason, InvoiceContent content) {}

    @EventHandler(eventName = "menara.billing.InvoiceApproved")
    void on(InvoiceApproved event) {
        var content = event.content();
        byContract.updateOne(
                eq("_id", content.contract().toString()),
                set("invoices." + event.invoice(), content.month().toString()),
                new UpdateOptions().upsert(true));
        invoices.updateOne(
                eq("_id", event.invoice().toString()),
                combine(
                        set("contract", content.contract().toString()),
                        set("content", json.writeValueAsString(content)),
                        set("preparedBy", event.preparedBy()),
                        set("approvedBy", event.approvedBy()),
                        set("approvedAt", event.at().toString())),
                new UpdateOptions().upsert(true));
    }

    @EventHandler(eventName = "menara.billing.InvoiceIssued")
    void on(InvoiceIssued event) {
        invoices.updateOne(
                eq("_id", event.invoice().toString()),
                combine(
                        set("number", event.number()),
                        set("issuedOn", event.issuedOn().toString()),
                        set("dueOn", event.dueOn().toString())));
    }

    @EventHandler(eventName = "menara.billing.InvoiceVoided")
    void on(InvoiceVoided event) {
        invoices.updateOne(eq("_id", event.invoice().toString()), set("void", event.reason()));
    }

    @EventHandler(eventName = "menara.billing.CreditNoteIssued")
    void on(CreditNoteIssued event) {
        var note = new Note(event.number(), event.issuedOn(), event.reason(), event.content());
        invoices.updateOne(
                eq("_id", event.invoice().toString()),
                combine(set("notes." + event.number(), json.writeValueAsString(note)), set("credited", event.whole())));
    }

    public Optional<View> find(InvoiceId invoice) {
        return Optional.ofNullable(invoices.find(eq("_id", invoice.toString())).first())
                .map(this::read);
    }

    /** The invoices of a contract, by month and then in the order in which they were approved. */
    public List<View> of(ContractId contract) {
        return of(List.of(contract)).getOrDefault(contract, List.of());
    }

    /** The invoices of each of the contracts that has any. */
    Map<ContractId, List<View>> of(List<ContractId> contracts) {
        var ids =
                byContract
                        .find(in(
                                "_id",
                                contracts.stream().map(ContractId::toString).toList()))
                        .into(new ArrayList<>())
                        .stream()
                        .flatMap(document -> document.get("invoices", Document.class).keySet().stream())
                        .toList();
        var found = new HashMap<ContractId, List<View>>();
        if (!ids.isEmpty()) {
            invoices.find(in("_id", ids)).map(this::read).into(new ArrayList<>()).stream()
                    .sorted(Comparator.comparing((View view) -> view.content().month())
                            .thenComparing(View::approvedAt))
                    .forEach(view -> found.computeIfAbsent(view.content().contract(), _ -> new ArrayList<>())
                            .add(view));
        }
        return found;
    }

    /** The next invoice of a month: empty if there is one that stands. */
    static Optional<InvoiceId> next(ContractId contract, YearMonth month, List<View> invoices) {
        var ofMonth = invoices.stream()
                .filter(view -> view.content().month().equals(month))
                .toList();
        return ofMonth.stream().allMatch(View::isDead)
                ? Optional.of(InvoiceId.of(contract, month, ofMonth.size() + 1))
                : Optional.empty();
    }

    private View read(Document document) {
        var notes = document.get("notes", new Document());
        return new View(
                new InvoiceId(UUID.fromString(document.getString("_id"))),
                state(document),
                json.readValue(document.getString("content"), InvoiceContent.class),
                document.getString("preparedBy"),
                document.getString("approvedBy"),
                Instant.parse(document.getString("approvedAt")),
                document.getString("number"),
                date(document, "issuedOn"),
                date(document, "dueOn"),
                notes.keySet().stream()
                        .sorted()
                        .map(number -> json.readValue(notes.getString(number), Note.class))
                        .toList());
    }

    private static String state(Document document) {
        if (document.containsKey("void")) {
            return "void";
        }
        if (document.getBoolean("credited", false)) {
            return "credited";
        }
        return document.containsKey("number") ? "issued" : "approved";
    }

    private static @Nullable LocalDate date(Document document, String name) {
        var text = document.getString(name);
        return text == null ? null : LocalDate.parse(text);
    }

    /** All invoices, by id. A scan: for lists that a person reads, not for each request of a machine. */
    Stream<View> all() {
        var all = invoices.find().map(this::read).into(new ArrayList<>());
        all.sort(Comparator.comparing(view -> view.invoice().toString()));
        return all.stream();
    }
}
