package menara.billing.contracts;

import java.util.List;
import menara.platform.web.RuleViolated;

/** When a contract may be signed. */
final class ContractDecisions {

    private ContractDecisions() {}

    static List<ContractEvent> decide(SignContract command, Contract contract) {
        return switch (contract) {
            case Contract.Signed _ -> List.of(); // the id is made for one request, so this is its repetition
            case Contract.None _ -> sign(command);
        };
    }

    private static List<ContractEvent> sign(SignContract command) {
        var plan = command.plan();
        if (!plan.currency().equals(command.currency())) {
            throw new RuleViolated(
                    "contract-currency-differs-from-plan",
                    "plan %s is priced in %s, the contract asks for %s; choose a plan in the contract's currency"
                            .formatted(plan.plan(), plan.currency(), command.currency()));
        }
        // Every hour of the term needs a price: versions follow each other without a gap, so the first hour decides.
        if (plan.inForceAt(command.term().from()).isEmpty()) {
            throw new RuleViolated(
                    "price-plan-not-in-force",
                    "plan %s takes effect at %s, after the contract begins at %s"
                            .formatted(
                                    plan.plan(),
                                    plan.versions().getFirst().effectiveFrom(),
                                    command.term().from()));
        }
        return List.of(new ContractConcluded(
                command.contract(),
                command.tenant(),
                plan.plan(),
                command.term(),
                command.currency(),
                command.timeZone(),
                command.serviceLevel(),
                command.at()));
    }

    static Contract evolve(Contract contract, ContractEvent event) {
        return switch (event) {
            case ContractConcluded e ->
                new Contract.Signed(
                        e.contract(),
                        e.tenant(),
                        e.plan(),
                        e.term(),
                        e.currency(),
                        e.timeZone(),
                        e.serviceLevel(),
                        e.at());
        };
    }
}
