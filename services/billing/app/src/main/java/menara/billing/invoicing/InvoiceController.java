package menara.billing.invoicing;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import menara.billing.contracts.Contract;
import menara.billing.contracts.ContractReadModel;
import menara.billing.drafting.AskedFor;
import menara.billing.drafting.Drafting;
import menara.billing.drafting.Drafts;
import menara.billing.drafting.InvoiceCheck;
import menara.billing.drafting.InvoiceId;
import menara.billing.drafting.InvoiceValidation;
import menara.billing.drafting.NoteId;
import menara.billing.drafting.NoteKind;
import menara.billing.drafting.NumberSeries;
import menara.billing.drafting.Seller;
import menara.billing.invoicing.InvoiceCommands.ApproveInvoice;
import menara.billing.invoicing.InvoiceCommands.CreditInvoice;
import menara.billing.invoicing.InvoiceCommands.IssueInvoice;
import menara.billing.invoicing.InvoiceCommands.VoidInvoice;
import menara.eventstore.spring.Commands;
import menara.platform.security.Caller;
import menara.platform.time.IdFactory;
import menara.platform.web.Idempotent;
import menara.values.ContractId;
import menara.values.Money;
import menara.values.Period;
import menara.values.refusals.InvalidField;
import menara.values.refusals.NotFound;
import menara.values.refusals.RequiredText;
import menara.values.refusals.RuleViolated;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Writes invoices over HTTP, from the draft on. */
@RestController
@RequestMapping("/api/billing/invoices")
class InvoiceController {

    private final Commands commands;
    private final ContractReadModel contracts;
    private final InvoiceReadModel invoices;
    private final Drafting drafting;
    private final Drafts drafts;
    private final Seller seller;
    private final InvoiceCheck check;
    private final InvoiceValidation validation;
    private final IdFactory ids;
    private final Clock clock;

    InvoiceController(
            Commands commands,
            ContractReadModel contracts,
            InvoiceReadModel invoices,
            Drafting drafting,
            Drafts drafts,
            Seller seller,
            InvoiceCheck check,
            InvoiceValidation validation,
            IdFactory ids,
            Clock clock) {
        this.commands = commands;
        this.contracts = contracts;
        this.invoices = invoices;
        this.drafting = drafting;
        this.drafts = drafts;
        this.seller = seller;
        this.check = check;
        this.validation = validation;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * @param month a month of the term, or one of the three after it for late usage
     * @param since earliest month to be compared with its invoices; null for the three before {@code month}
     */
    record NewDraft(
            ContractId contract, YearMonth month, @Nullable YearMonth since) {}

    /** @param hash of the draft as it was read */
    record Approval(String hash) {}

    record Reason(String reason) {}

    /**
     * @param kind correction if it should not have been asked for: the next draft decides anew; concession if it is conceded for
     *     good
     * @param lines what to take back; null for all that is left
     */
    record NewCredit(String reason, NoteKind kind, @Nullable List<CreditedLine> lines) {}

    record CreditedLine(int line, Money amount) {}

    /** Prepares the draft of one contract, or computes it anew. */
    @PostMapping
    @Idempotent
    InvoiceView prepare(@RequestBody NewDraft request, Caller caller) {
        var signed = contract(request.contract());
        var month = request.month();
        var since = request.since() == null ? Drafting.since(month) : request.since();
        requireMonths(signed, month, since, request.since() != null, now());
        var invoiced = invoices.of(signed.contract());
        var invoice = InvoiceReadModel.next(signed.contract(), month, invoiced)
                .orElseThrow(() -> new RuleViolated(
                        "month-is-invoiced", "the month has an invoice; what came later joins the next one"));
        var draft = computed(
                signed, month, since, invoice, InvoiceReadModel.askedFor(invoiced, Instant.MAX), caller.subject());
        drafts.put(List.of(draft));
        check.prepare();
        return InvoiceView.of(draft, graceEnds(signed, month));
    }

    private static void requireMonths(
            Contract.Signed signed, YearMonth month, YearMonth since, boolean asked, Instant now) {
        if (month.isAfter(YearMonth.from(now.atZone(signed.timeZone())))) {
            throw new InvalidField("month", "has not begun");
        }
        // A request that names since may come at any time after the term: backfill has no end.
        var first = signed.months().getFirst();
        if (month.isBefore(first) || (!asked && !Drafting.hasInvoice(signed, month))) {
            throw new InvalidField(
                    "month",
                    "lies outside the contract's term %s and the %d months after it; name since as well for a later one"
                            .formatted(signed.term(), Drafting.ADJUSTED_MONTHS));
        }
        if (asked && (since.isBefore(first) || since.isAfter(month))) {
            throw new InvalidField(
                    "since", "must lie between the contract's first month, %s, and %s".formatted(first, month));
        }
    }

    @PostMapping("/{invoice}/approval")
    @Idempotent
    InvoiceView approve(@PathVariable InvoiceId invoice, @RequestBody Approval request, Caller caller) {
        var decided = invoices.find(invoice);
        var draft = decided.map(view -> Drafts.Draft.of(
                        invoice, view.content(), view.content().month(), view.preparedBy(), view.approvedAt()))
                .or(() -> drafts.find(invoice))
                .orElseThrow(() -> new NotFound("draft", invoice));
        var signed = contract(draft.content().contract());
        var month = draft.content().month();
        var asked = InvoiceReadModel.askedFor(invoices.of(signed.contract()), Instant.MAX);
        // Late usage joins until the approval: the draft is computed as of now, and the approver must have seen that
        // content.
        var current = decided.isPresent()
                ? draft
                : computed(signed, month, draft.since(), invoice, asked, draft.preparedBy());
        if (!current.hash().equals(draft.hash())) {
            drafts.put(List.of(current));
        }
        if (decided.isEmpty() && current.hash().equals(request.hash())) {
            validation.requireSendable(current.content(), NumberSeries.Kind.INVOICE, null, today());
        }
        commands.send(new ApproveInvoice(
                invoice,
                signed.contract(),
                current.content(),
                request.hash(),
                draft.since(),
                asked.basis(draft.since(), month),
                current.preparedBy(),
                caller.subject(),
                graceEnds(signed, month),
                now()));
        drafts.remove(invoice);
        return view(invoice);
    }

    @PostMapping("/{invoice}/issue")
    @Idempotent
    InvoiceView issue(@PathVariable InvoiceId invoice, Caller caller) {
        var today = today();
        var decided = invoices.find(invoice);
        if (decided.isEmpty() && drafts.find(invoice).isEmpty()) {
            throw new NotFound("invoice", invoice);
        }
        var approved = decided.filter(view -> view.state() instanceof ApprovedInvoice.State.Unissued);
        var rate = approved.flatMap(
                view -> drafting.dirhamOn(now()).of(view.content().net().currency()));
        approved.ifPresent(view -> validation.requireSendable(
                rate.map(view.content()::at).orElse(view.content()), NumberSeries.Kind.INVOICE, null, today()));
        commands.send(new IssueInvoice(
                invoice,
                new NumberSeries(seller.code(), today.getYear(), NumberSeries.Kind.INVOICE),
                today,
                rate.orElse(null),
                caller.subject(),
                now()));
        return view(invoice);
    }

    @PostMapping("/{invoice}/void")
    @Idempotent
    InvoiceView voided(@PathVariable InvoiceId invoice, @RequestBody Reason request, Caller caller) {
        commands.send(new VoidInvoice(
                invoice,
                RequiredText.line("reason", request.reason(), RequiredText.MAX_REASON),
                caller.subject(),
                now()));
        return view(invoice);
    }

    @PostMapping("/{invoice}/credit-notes")
    @Idempotent
    InvoiceView credit(@PathVariable InvoiceId invoice, @RequestBody NewCredit request, Caller caller) {
        var today = today();
        var issued = invoices.find(invoice).orElseThrow(() -> new NotFound("issued invoice", invoice));
        // The content of the whole invoice taken back; the note takes from it what is left, with the same texts and
        // buyer.
        issued.issued()
                .ifPresent(state -> validation.requireSendable(
                        issued.content(), NumberSeries.Kind.CREDIT_NOTE, state.number(), today));
        commands.send(new CreditInvoice(
                invoice,
                issued.content().contract(),
                // Derived from the request's key, so that a repetition after a lost answer is recognised.
                new NoteId(ids.next()),
                new NumberSeries(seller.code(), today.getYear(), NumberSeries.Kind.CREDIT_NOTE),
                today,
                amounts(request.lines()),
                request.kind(),
                RequiredText.line("reason", request.reason(), RequiredText.MAX_REASON),
                caller.subject(),
                now()));
        return view(invoice);
    }

    private static Map<Integer, Money> amounts(@Nullable List<CreditedLine> lines) {
        var amounts = new HashMap<Integer, Money>();
        if (lines != null) {
            if (lines.isEmpty()) {
                throw new InvalidField("lines", "must name a line; leave it out to take back all that is left");
            }
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
            YearMonth since,
            InvoiceId invoice,
            AskedFor asked,
            String preparedBy) {
        var asOf = now();
        return Drafts.Draft.of(
                invoice,
                drafting.draft(signed, month, since, asked, asOf, drafting.dirhamOn(asOf)),
                since,
                preparedBy,
                asOf);
    }

    /** Called after the decision: a missing document is only late, and the caller may repeat the request under its key. */
    private InvoiceView view(InvoiceId invoice) {
        return invoices.find(invoice)
                .map(InvoiceView::of)
                .orElseThrow(() -> new IllegalStateException("invoice %s is not projected yet".formatted(invoice)));
    }

    private Instant graceEnds(Contract.Signed contract, YearMonth month) {
        return Period.month(month, contract.timeZone()).until().plus(seller.grace());
    }

    private Contract.Signed contract(ContractId contract) {
        return contracts.find(contract).orElseThrow(() -> new NotFound("contract", contract));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), seller.timeZone());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
