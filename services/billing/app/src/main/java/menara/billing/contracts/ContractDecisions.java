package menara.billing.contracts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import menara.billing.catalogue.PricePlan;
import menara.billing.contracts.ContractCommands.AmendContract;
import menara.billing.contracts.ContractCommands.RenewContract;
import menara.billing.contracts.ContractCommands.SignContract;
import menara.billing.contracts.ContractCommands.TerminateContract;
import menara.values.refusals.NotFound;
import menara.values.refusals.RuleViolated;

/** When a contract may be signed, amended, renewed and terminated. */
final class ContractDecisions {

    /** Most changes of one contract; each splits a month, and the invoice must stay readable. */
    static final int MAX_CHANGES = 200;

    private ContractDecisions() {}

    static List<ContractEvent> decide(SignContract command, Contract contract) {
        return switch (contract) {
            case Contract.Signed _ -> List.of(); // the id is made for one request, so this is its repetition
            case Contract.None _ -> sign(command);
        };
    }

    private static List<ContractEvent> sign(SignContract command) {
        requirePlan(command.plan(), command.currency(), command.term().from(), "the contract begins");
        return List.of(new ContractSigned(
                command.contract(),
                command.tenant(),
                command.plan().plan(),
                command.term(),
                command.currency(),
                command.timeZone(),
                command.serviceLevel(),
                command.at(),
                command.terms().equals(ContractTerms.USUAL) ? null : command.terms()));
    }

    static List<ContractEvent> decide(AmendContract command, Contract contract) {
        return switch (contract) {
            case Contract.None _ -> throw new NotFound("contract", command.contract());
            case Contract.Signed signed when signed.has(command.change()) -> List.of();
            case Contract.Signed signed -> amend(command, signed);
        };
    }

    private static List<ContractEvent> amend(AmendContract command, Contract.Signed signed) {
        requireRoom(signed);
        var events = new ArrayList<ContractEvent>();
        int revision = signed.changes().size() + 1;
        var terms = command.terms();
        if (terms != null) {
            requireInTerm(signed, terms.from());
            requireNotPast(terms.from(), command.at());
            requireAfterAmendments(signed, terms.from());
            requirePlan(terms.plan(), signed.currency(), terms.from(), "the amendment begins");
            events.add(new ContractAmended(
                    command.contract(),
                    revision++,
                    command.change(),
                    terms.from(),
                    terms.plan().plan(),
                    terms.serviceLevel(),
                    command.at()));
        }
        var buyer = command.buyer();
        if (buyer != null) {
            events.add(new BuyerChanged(
                    command.contract(),
                    revision,
                    command.change(),
                    buyer,
                    signed.terms().buyer(),
                    command.at()));
        }
        return events;
    }

    static List<ContractEvent> decide(RenewContract command, Contract contract) {
        return switch (contract) {
            case Contract.None _ -> throw new NotFound("contract", command.contract());
            case Contract.Signed signed when signed.has(command.change()) -> List.of();
            case Contract.Signed signed -> {
                requireRoom(signed);
                var end = signed.term().until();
                if (end.isBefore(command.at())) {
                    throw new RuleViolated("contract-ended", "the contract ended at %s; sign a new one".formatted(end));
                }
                if (!command.until().isAfter(end)) {
                    throw new RuleViolated(
                            "renewal-shortens", "the contract runs until %s; a renewal ends later".formatted(end));
                }
                yield List.of(new ContractTermChanged(
                        command.contract(),
                        signed.changes().size() + 1,
                        command.change(),
                        command.until(),
                        end,
                        null,
                        command.at()));
            }
        };
    }

    static List<ContractEvent> decide(TerminateContract command, Contract contract) {
        return switch (contract) {
            case Contract.None _ -> throw new NotFound("contract", command.contract());
            case Contract.Signed signed when signed.has(command.change()) -> List.of();
            case Contract.Signed signed -> {
                requireRoom(signed);
                requireInTerm(signed, command.until());
                requireNotPast(command.until(), command.at());
                yield List.of(new ContractTermChanged(
                        command.contract(),
                        signed.changes().size() + 1,
                        command.change(),
                        command.until(),
                        signed.term().until(),
                        command.reason(),
                        command.at()));
            }
        };
    }

    private static void requireRoom(Contract.Signed contract) {
        if (contract.changes().size() >= MAX_CHANGES) {
            throw new RuleViolated("too-many-changes", "a contract is changed at most %d times".formatted(MAX_CHANGES));
        }
    }

    private static void requireInTerm(Contract.Signed contract, Instant instant) {
        var term = contract.term();
        if (!instant.isAfter(term.from()) || !instant.isBefore(term.until())) {
            throw new RuleViolated("outside-the-term", "%s does not lie within the term %s".formatted(instant, term));
        }
    }

    // What was used until now has been charged by what was agreed until now.
    private static void requireNotPast(Instant instant, Instant now) {
        if (instant.isBefore(now)) {
            throw new RuleViolated(
                    "change-in-the-past", "it is %s; a change cannot begin at %s".formatted(now, instant));
        }
    }

    private static void requireAfterAmendments(Contract.Signed contract, Instant from) {
        for (var change : contract.changes()) {
            if (change instanceof ContractChange.Amendment earlier && !from.isAfter(earlier.from())) {
                throw new RuleViolated(
                        "amendments-overlap",
                        "an amendment begins at %s already; the next one must begin after that"
                                .formatted(earlier.from()));
            }
        }
    }

    private static void requirePlan(PricePlan.Published plan, Currency currency, Instant from, String what) {
        if (!plan.currency().equals(currency)) {
            throw new RuleViolated(
                    "contract-currency-differs-from-plan",
                    "plan %s is priced in %s, the contract asks for %s; choose a plan in the contract's currency"
                            .formatted(plan.plan(), plan.currency(), currency));
        }
        // Every hour of the term needs a price: versions follow each other without a gap, so the first hour decides.
        if (plan.inForceAt(from).isEmpty()) {
            throw new RuleViolated(
                    "price-plan-not-in-force",
                    "plan %s takes effect at %s, after %s at %s"
                            .formatted(plan.plan(), plan.versions().getFirst().effectiveFrom(), what, from));
        }
    }

    static Contract evolve(Contract contract, ContractEvent event) {
        return switch (event) {
            case ContractSigned e -> e.signed();
            case ContractAmended e ->
                changed(
                        contract,
                        new ContractChange.Amendment(e.change(), e.from(), e.plan(), e.serviceLevel(), e.at()));
            case BuyerChanged e ->
                changed(contract, new ContractChange.NewBuyer(e.change(), e.buyer(), e.before(), e.at()));
            case ContractTermChanged e ->
                changed(contract, new ContractChange.NewEnd(e.change(), e.until(), e.before(), e.at()));
        };
    }

    private static Contract changed(Contract contract, ContractChange change) {
        return switch (contract) {
            case Contract.None none -> none;
            case Contract.Signed signed -> signed.changedBy(change);
        };
    }
}
