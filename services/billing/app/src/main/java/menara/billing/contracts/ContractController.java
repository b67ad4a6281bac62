package menara.billing.contracts;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.Objects;
import java.util.Optional;
import menara.billing.catalogue.PricePlan;
import menara.billing.catalogue.PricePlanId;
import menara.billing.catalogue.PricePlanReadModel;
import menara.billing.contracts.ContractCommands.AmendContract;
import menara.billing.contracts.ContractCommands.NewTerms;
import menara.billing.contracts.ContractCommands.RenewContract;
import menara.billing.contracts.ContractCommands.SignContract;
import menara.billing.contracts.ContractCommands.TerminateContract;
import menara.eventstore.spring.Commands;
import menara.platform.security.Caller;
import menara.platform.time.IdFactory;
import menara.platform.web.Idempotent;
import menara.platform.web.Page;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.TenantId;
import menara.values.refusals.InvalidField;
import menara.values.refusals.NotFound;
import menara.values.refusals.RequiredText;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Contracts over HTTP: signed, amended, renewed and terminated. */
@RestController
@RequestMapping("/api/billing/contracts")
class ContractController {

    /** A longer term is a typing error, and every month of it is forecast. */
    static final Duration MAX_TERM = Duration.ofDays(366L * 30);

    private static final Instant EARLIEST = Instant.parse("0001-01-02T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-30T00:00:00Z");

    private final Commands commands;
    private final ContractReadModel contracts;
    private final PricePlanReadModel plans;
    private final IdFactory ids;
    private final Clock clock;

    ContractController(
            Commands commands, ContractReadModel contracts, PricePlanReadModel plans, IdFactory ids, Clock clock) {
        this.commands = commands;
        this.contracts = contracts;
        this.plans = plans;
        this.ids = ids;
        this.clock = clock;
    }

    record NewContract(
            TenantId tenant,
            PricePlanId plan,
            Period term,
            Currency currency,
            ZoneId timeZone,
            ServiceLevel serviceLevel,
            @Nullable ContractTerms terms) {}

    /**
     * @param from first hour to which plan and service level apply; null if only the buyer changes
     * @param plan needed with {@code from}
     * @param serviceLevel null if that stays
     * @param buyer whom invoices approved from now on are addressed to; null if that stays
     */
    record NewAmendment(
            @Nullable Instant from,
            @Nullable PricePlanId plan,
            @Nullable ServiceLevel serviceLevel,
            @Nullable Buyer buyer) {}

    record NewEnd(Instant until) {}

    record NewTermination(Instant until, String reason) {}

    @PostMapping
    @Idempotent
    ResponseEntity<Contract.Signed> sign(@RequestBody NewContract request) {
        requireWholeHour("term.from", request.term().from(), request.timeZone());
        requireWholeHour("term.until", request.term().until(), request.timeZone());
        if (request.term().duration().compareTo(MAX_TERM) > 0) {
            throw new InvalidField("term.until", "a term lasts at most %d days".formatted(MAX_TERM.toDays()));
        }
        var plan = plan(request.plan());
        var contract = new ContractId(ids.next());
        var signed = commands.send(
                new SignContract(
                        contract,
                        request.tenant(),
                        plan,
                        request.term(),
                        request.currency(),
                        request.timeZone(),
                        request.serviceLevel(),
                        Objects.requireNonNullElse(request.terms(), ContractTerms.USUAL),
                        now()),
                Contract.Signed.class);
        return ResponseEntity.created(URI.create("/api/billing/contracts/" + contract))
                .body(signed);
    }

    @PostMapping("/{contract}/amendments")
    @Idempotent
    Contract.Signed amend(@PathVariable ContractId contract, @RequestBody NewAmendment request) {
        var terms = terms(request, signed(contract).timeZone());
        if (terms == null && request.buyer() == null) {
            throw new InvalidField("from", "is needed with plan, unless only the buyer changes");
        }
        return commands.send(
                new AmendContract(contract, change(), terms, request.buyer(), now()), Contract.Signed.class);
    }

    private @Nullable NewTerms terms(NewAmendment request, ZoneId zone) {
        var from = request.from();
        var plan = request.plan();
        if (from == null && plan == null && request.serviceLevel() == null) {
            return null;
        }
        if (from == null || plan == null) {
            throw new InvalidField(from == null ? "from" : "plan", "is needed: a new service level or plan names both");
        }
        requireWholeHour("from", from, zone);
        return new NewTerms(from, plan(plan), request.serviceLevel());
    }

    /** Derived from the request's key, so that a repetition after a lost answer is recognised as the same change. */
    private ChangeId change() {
        return new ChangeId(ids.next());
    }

    @PostMapping("/{contract}/renewals")
    @Idempotent
    Contract.Signed renew(@PathVariable ContractId contract, @RequestBody NewEnd request) {
        var signed = signed(contract);
        requireWholeHour("until", request.until(), signed.timeZone());
        if (request.until().isAfter(signed.term().from().plus(MAX_TERM))) {
            throw new InvalidField("until", "a term lasts at most %d days".formatted(MAX_TERM.toDays()));
        }
        return commands.send(new RenewContract(contract, change(), request.until(), now()), Contract.Signed.class);
    }

    @PostMapping("/{contract}/termination")
    @Idempotent
    Contract.Signed terminate(@PathVariable ContractId contract, @RequestBody NewTermination request) {
        requireWholeHour("until", request.until(), signed(contract).timeZone());
        return commands.send(
                new TerminateContract(
                        contract,
                        change(),
                        request.until(),
                        RequiredText.line("reason", request.reason(), RequiredText.MAX_REASON),
                        now()),
                Contract.Signed.class);
    }

    private Contract.Signed signed(ContractId contract) {
        return contracts.find(contract).orElseThrow(() -> new NotFound("contract", contract));
    }

    private PricePlan.Published plan(PricePlanId plan) {
        return plans.find(plan).orElseThrow(() -> new InvalidField("plan", "there is no price plan " + plan));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @GetMapping
    Page<Contract.Signed> list(
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) int limit,
            @RequestParam Optional<String> cursor,
            @RequestParam Optional<TenantId> tenant,
            Caller caller) {
        if (limit < 1 || limit > Page.MAX_LIMIT) {
            throw new InvalidField("limit", "must be 1 to " + Page.MAX_LIMIT);
        }
        var visible = contracts.all().stream()
                .filter(contract -> caller.maySee(contract.tenant()))
                .filter(contract -> tenant.isEmpty() || tenant.get().equals(contract.tenant()))
                .filter(contract -> cursor.map(
                                last -> contract.contract().toString().compareTo(last) > 0)
                        .orElse(true))
                .limit(limit + 1L)
                .toList();
        var items = visible.subList(0, Math.min(limit, visible.size()));
        return new Page<>(
                items, visible.size() > limit ? items.getLast().contract().toString() : null);
    }

    @GetMapping("/{contract}")
    Contract.Signed get(@PathVariable ContractId contract, Caller caller) {
        return contracts
                .find(contract)
                .filter(found -> caller.maySee(found.tenant()))
                .orElseThrow(() -> new NotFound("contract", contract));
    }

    private static void requireWholeHour(String field, Instant instant, ZoneId zone) {
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw new InvalidField(field, "must be of a year from 1 to 9999"); // other years have no calendar months
        }
        // Hours are the unit of metering: a term that began inside one would split it.
        var local = instant.atZone(zone);
        if (!local.truncatedTo(ChronoUnit.HOURS).equals(local)) {
            throw new InvalidField(field, "must be a whole hour in " + zone);
        }
    }
}
