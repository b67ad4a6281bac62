package menara.billing.invoicing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import menara.billing.contracts.Contract;
import menara.billing.contracts.ContractReadModel;
import menara.billing.drafting.Drafting;
import menara.billing.drafting.Drafts;
import menara.billing.drafting.InvoiceFilter;
import menara.billing.drafting.InvoiceId;
import menara.billing.drafting.InvoiceState;
import menara.billing.drafting.Seller;
import menara.platform.security.Caller;
import menara.platform.web.AsOf;
import menara.platform.web.Costly;
import menara.platform.web.Page;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.TenantId;
import menara.values.refusals.InvalidField;
import menara.values.refusals.NotFound;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reads invoices over HTTP, from the draft on. */
@RestController
@RequestMapping("/api/billing/invoices")
class InvoiceReadController {

    private final ContractReadModel contracts;
    private final InvoiceReadModel invoices;
    private final InvoiceList listed;
    private final Drafting drafting;
    private final Drafts drafts;
    private final Seller seller;

    InvoiceReadController(
            ContractReadModel contracts,
            InvoiceReadModel invoices,
            InvoiceList listed,
            Drafting drafting,
            Drafts drafts,
            Seller seller) {
        this.contracts = contracts;
        this.invoices = invoices;
        this.listed = listed;
        this.drafting = drafting;
        this.drafts = drafts;
        this.seller = seller;
    }

    /** What an invoice would say, as of {@code asOf}; with {@code whole=true} including all charges agreed until the month's end. */
    @GetMapping("/preview")
    InvoiceView preview(
            @RequestParam ContractId contract,
            @RequestParam YearMonth month,
            AsOf asOf,
            @RequestParam(defaultValue = "false") boolean whole,
            Caller caller) {
        var signed = visible(contract, caller);
        var at = asOf.at();
        if (signed.signedAt().isAfter(at)) {
            throw new InvalidField("asOf", "the contract was signed at " + signed.signedAt());
        }
        var agreed = signed.asOf(at);
        var asked = InvoiceReadModel.askedFor(invoices.of(contract), at);
        var since = Drafting.since(month);
        var dirham = drafting.dirhamOn(at);
        var content = whole
                ? drafting.preview(agreed, month, since, asked, at, dirham)
                : drafting.draft(agreed, month, since, asked, at, dirham);
        return InvoiceView.preview(content, at, graceEnds(agreed, month));
    }

    /**
     * Drafts and invoices, in the order of their ids.
     *
     * @param state one of draft, approved, issued, credited and void
     * @param month calendar month that is invoiced
     * @param from first day: months that end before it are left out
     * @param until first day after: months that begin then or later are left out
     */
    @GetMapping
    @Costly(unlessWith = "contract")
    Page<InvoiceView> list(
            @RequestParam Optional<ContractId> contract,
            @RequestParam Optional<String> state,
            @RequestParam Optional<YearMonth> month,
            @RequestParam Optional<LocalDate> from,
            @RequestParam Optional<LocalDate> until,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) int limit,
            @RequestParam Optional<String> cursor,
            Caller caller) {
        if (limit < 1 || limit > Page.MAX_LIMIT) {
            throw new InvalidField("limit", "must be 1 to " + Page.MAX_LIMIT);
        }
        var inState = state.map(given -> InvoiceState.of(given)
                .orElseThrow(() -> new InvalidField("state", "must be one of " + InvoiceState.names())));
        if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
            throw new InvalidField("until", "must lie after from, " + from.get());
        }
        var one = contract.map(id -> visible(id, caller).contract());
        var found =
                listed.first(new InvoiceFilter(one, visible(caller), inState, month, from, until, cursor), limit + 1);
        var page = found.subList(0, Math.min(limit, found.size()));
        return new Page<>(views(page), found.size() > limit ? page.getLast().toString() : null);
    }

    /** Tenants whose drafts and invoices a caller may see; empty for all. */
    private static Optional<Set<String>> visible(Caller caller) {
        return caller.seesAll()
                ? Optional.empty()
                : Optional.of(caller.parties().stream()
                        .flatMap(party -> TenantId.called(party).stream())
                        .filter(caller::maySee)
                        .map(TenantId::value)
                        .collect(Collectors.toSet()));
    }

    private List<InvoiceView> views(List<InvoiceId> page) {
        var views = new HashMap<InvoiceId, InvoiceView>();
        drafts.find(page).forEach(draft -> views.put(draft.invoice(), view(draft)));
        invoices.find(page).forEach(view -> views.put(view.invoice(), InvoiceView.of(view)));
        return page.stream()
                .flatMap(invoice -> Optional.ofNullable(views.get(invoice)).stream())
                .toList();
    }

    @GetMapping("/{invoice}")
    InvoiceView get(@PathVariable InvoiceId invoice, Caller caller) {
        return invoices.find(invoice)
                .map(InvoiceView::of)
                .or(() -> drafts.find(invoice).map(this::view))
                .filter(view -> caller.maySee(view.content().tenant()))
                .orElseThrow(() -> new NotFound("invoice", invoice));
    }

    private InvoiceView view(Drafts.Draft draft) {
        var contract = draft.content().contract();
        var signed = contracts.find(contract).orElseThrow(() -> new NotFound("contract", contract));
        return InvoiceView.of(draft, graceEnds(signed, draft.content().month()));
    }

    private Contract.Signed visible(ContractId contract, Caller caller) {
        return contracts
                .find(contract)
                .filter(found -> caller.maySee(found.tenant()))
                .orElseThrow(() -> new NotFound("contract", contract));
    }

    private Instant graceEnds(Contract.Signed contract, YearMonth month) {
        return Period.month(month, contract.timeZone()).until().plus(seller.grace());
    }
}
