package menara.billing.invoicing;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import menara.billing.contracts.Contract;
import menara.billing.contracts.Contracts;
import menara.platform.eventsourcing.Commands;
import menara.platform.security.Caller;
import menara.platform.web.AsOf;
import menara.platform.web.Idempotent;
import menara.platform.web.InvalidField;
import menara.platform.web.NotFound;
import menara.platform.web.Page;
import menara.values.ContractId;
import menara.values.Money;
import menara.values.Period;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/billing/invoices")
class InvoiceEndpoint {

    private final Commands commands;
    private final Contracts contracts;
    private final Invoices invoices;
    private final Drafting drafting;
    private final Drafts drafts;
    private final Issuer issuer;
    private final InvoiceCheck check;
    private final Clock clock;

    InvoiceEndpoint(
            Commands commands,
            Contracts contracts,
            Invoices invoices,
            Drafting drafting,
            Drafts drafts,
            Issuer issuer,
            InvoiceCheck check,
            Clock clock) {
        this.commands = commands;
        this.contracts = contracts;
        this.invoices = invoices;
        this.drafting = drafting;
        this.drafts = drafts;
        this.issuer = issuer;
        this.check = check;
        this.clock = clock;
    }

    /**
     * @param invoice null for a preview, which nobody can approve
     * @param state one of preview, draft, approved, issued, credited and void
     * @param hash of the content: an approver says which one was seen
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record InvoiceView(
            @Nullable InvoiceId invoice,
            String state,
            String hash,
            InvoiceContent content,
            @Nullable Instant asOf,
            @Nullable Instant graceEnds,
            @Nullable String preparedBy,
            @Nullable String approvedBy,
            @Nullable String number,
            @Nullable LocalDate issuedOn,
            @Nullable LocalDate dueOn,
            List<Invoices.Note> creditNotes) {

        static InvoiceView of(Invoices.View view) {
            return new InvoiceView(
                    view.invoice(),
                    view.state(),
                    view.content().hash(),
                    view.content(),
                    null,
                    null,
                    view.preparedBy(),
                    view.approvedBy(),
                    view.number(),
                    view.issuedOn(),
                    view.dueOn(),
                    view.notes());
        }
    }

    record NewDraft(ContractId contract, YearMonth month) {}

    record Approval(String hash) {}

    record Reason(String reason) {}

    /**
     * @param lines what to take back; null for all that is left
     */
    record NewCredit(String reason, @Nullable List<CreditedLine> lines) {}

    record CreditedLine(int line, Money amount) {}

    /** What an invoice would say, as known on {@code asOf}; with {@code whole=true} with all that is agreed until the month's end. */
    @GetMapping("/preview")
    InvoiceView preview(
            @RequestParam ContractId contract,
            @RequestParam YearMonth month,
            AsOf asOf,
            @RequestParam(defaultValue = "false") boolean whole,
            Caller caller) {
        var signed = visible(contract, caller);
        var known = asOf.at();
        if (signed.signedAt().isAfter(known)) {
            throw new InvalidField("asOf", "the contract was signed at " + signed.signedAt());
        }
        var invoiced = invoices.of(contract);
        var content = whole
                ? drafting.preview(signed, month, invoiced, known, drafting.dirhamOn(known))
                : drafting.draft(signed, month, invoiced, known, drafting.dirhamOn(known));
        return new InvoiceView(
                null,
                "preview",
                content.hash(),
                content,
                known,
                graceEnds(signed, month),
                null,
                null,
                null,
                null,
                null,
                List.of());
    }

    /** Prepares the draft of one contract, or computes it anew. */
    @PostMapping
    @Idempotent
    InvoiceView prepare(@RequestBody NewDraft request, Caller caller) {
        var signed = contract(request.contract());
        if (!Period.month(request.month(), signed.timeZone()).overlaps(signed.term())) {
            throw new InvalidField("month", "lies outside the contract's term " + signed.term());
        }
        var invoiced = invoices.of(signed.contract());
        var invoice = Invoices.next(signed.contract(), request.month(), invoiced)
                .orElseThrow(() -> new menara.platform.web.RuleViolated(
                        "month-is-invoiced", "the month has an invoice; what came later joins the next one"));
        var draft = computed(signed, request.month(), invoice, invoiced, caller.subject());
        drafts.put(List.of(draft));
        return view(draft, signed);
    }

    @GetMapping
    Page<InvoiceView> list(
            @RequestParam Optional<ContractId> contract,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) int limit,
            @RequestParam Optional<String> cursor,
            Caller caller) {
        if (limit < 1 || limit > Page.MAX_LIMIT) {
            throw new InvalidField("limit", "must be 1 to " + Page.MAX_LIMIT);
        }
        var all = contract.<Stream<Invoices.View>>map(
                        one -> invoices.of(visible(one, caller).contract()).stream()
                                .sorted(java.util.Comparator.comparing(
                                        view -> view.invoice().toString())))
                .orElseGet(invoices::all);
        var found = all.filter(view -> caller.maySee(view.content().tenant()))
                .filter(view -> cursor.map(last -> view.invoice().toString().compareTo(last) > 0)
                        .orElse(true))
                .limit(limit + 1L)
                .toList();
        var items = found.subList(0, Math.min(limit, found.size()));
        return new Page<>(
                items.stream().map(InvoiceView::of).toList(),
                found.size() > limit ? items.getLast().invoice().toString() : null);
    }

    @GetMapping("/{invoice}")
    InvoiceView get(@PathVariable InvoiceId invoice, Caller caller) {
        return invoices.find(invoice)
                .map(InvoiceView::of)
                .or(() -> drafts.find(invoice)
                        .map(draft -> view(draft, contract(draft.content().contract()))))
                .filter(view -> caller.maySee(view.content().tenant()))
                .orElseThrow(() -> new NotFound("invoice", invoice));
    }

    @PostMapping("/{invoice}/approval")
    @Idempotent
    InvoiceView approve(@PathVariable InvoiceId invoice, @RequestBody Approval request, Caller caller) {
        var draft = drafts.find(invoice);
        if (draft.isEmpty()) {
            throw new NotFound("draft", invoice);
        }
        var signed = contract(draft.get().content().contract());
        var month = draft.get().content().month();
        // Late usage joins until the end: what is approved is what is known now, and the approver must have seen that.
        var current = computed(
                signed,
                month,
                invoice,
                invoices.of(signed.contract()),
                draft.get().preparedBy());
        if (!current.hash().equals(draft.get().hash())) {
            drafts.put(List.of(current));
        }
        commands.send(new InvoiceCommands.ApproveInvoice(
                invoice,
                current.content(),
                request.hash(),
                current.preparedBy(),
                caller.subject(),
                graceEnds(signed, month),
                now()));
        drafts.remove(invoice);
        return get(invoice, caller);
    }

    @PostMapping("/{invoice}/issue")
    @Idempotent
    InvoiceView issue(@PathVariable InvoiceId invoice, Caller caller) {
        var today = LocalDate.ofInstant(clock.instant(), issuer.timeZone());
        var series = new NumberSeries(issuer.code(), today.getYear(), NumberSeries.Kind.INVOICE);
        invoices.find(invoice)
                .filter(view -> view.state().equals("approved"))
                .ifPresent(view -> requireValid(view.content(), series, today));
        commands.send(new InvoiceCommands.IssueInvoice(invoice, series, today, caller.subject(), now()));
        return get(invoice, caller);
    }

    /** Checked with a number of the same form: which one it will be is decided with the issue. */
    private void requireValid(InvoiceContent content, NumberSeries series, LocalDate today) {
        var violations = check.violations(content, series.number(1), today);
        if (!violations.isEmpty()) {
            throw new menara.platform.web.RuleViolated(
                    "not-en-16931", "an electronic invoice cannot be made of it: " + String.join("; ", violations));
        }
    }

    @PostMapping("/{invoice}/void")
    @Idempotent
    InvoiceView voided(@PathVariable InvoiceId invoice, @RequestBody Reason request, Caller caller) {
        commands.send(new InvoiceCommands.VoidInvoice(invoice, request.reason(), caller.subject(), now()));
        return get(invoice, caller);
    }

    @PostMapping("/{invoice}/credit-notes")
    @Idempotent
    InvoiceView credit(@PathVariable InvoiceId invoice, @RequestBody NewCredit request, Caller caller) {
        var today = LocalDate.ofInstant(clock.instant(), issuer.timeZone());
        commands.send(new InvoiceCommands.CreditInvoice(
                invoice,
                new NumberSeries(issuer.code(), today.getYear(), NumberSeries.Kind.CREDIT_NOTE),
                today,
                amounts(request.lines()),
                request.reason(),
                caller.subject(),
                now()));
        return get(invoice, caller);
    }

    private static Map<Integer, Money> amounts(@Nullable List<CreditedLine> lines) {
        var amounts = new HashMap<Integer, Money>();
        if (lines != null) {
            for (int i = 0; i < lines.size(); i++) {
                if (amounts.put(lines.get(i).line(), lines.get(i).amount()) != null) {
                    throw new InvalidField("lines[%d].line".formatted(i), "is named twice");
                }
            }
        }
        return amounts;
    }

    private Drafts.Draft computed(
            Contract.Signed signed,
            YearMonth month,
            InvoiceId invoice,
            List<Invoices.View> invoiced,
            String preparedBy) {
        var asOf = now();
        return Drafts.Draft.of(
                invoice, drafting.draft(signed, month, invoiced, asOf, drafting.dirhamOn(asOf)), preparedBy, asOf);
    }

    private InvoiceView view(Drafts.Draft draft, Contract.Signed signed) {
        return new InvoiceView(
                draft.invoice(),
                "draft",
                draft.hash(),
                draft.content(),
                draft.asOf(),
                graceEnds(signed, draft.content().month()),
                draft.preparedBy(),
                null,
                null,
                null,
                null,
                List.of());
    }

    private Instant graceEnds(Contract.Signed contract, YearMonth month) {
        return Period.month(month, contract.timeZone()).until().plus(issuer.grace());
    }

    private Contract.Signed visible(ContractId contract, Caller caller) {
        return contracts
                .find(contract)
                .filter(found -> caller.maySee(found.tenant()))
                .orElseThrow(() -> new NotFound("contract", contract));
    }

    private Contract.Signed contract(ContractId contract) {
        return contracts.find(contract).orElseThrow(() -> new NotFound("contract", contract));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
