package menara.investment.commitments;

import java.util.List;
import menara.investment.commitments.CommitmentCommands.MakeCommitment;
import menara.investment.commitments.Commitments.Holding;
import menara.values.refusals.InvalidField;
import menara.values.refusals.RuleViolated;

/** Decides on commitments. */
final class CommitmentDecisions {

    private CommitmentDecisions() {}

    static List<CommitmentEvent> decide(MakeCommitment command, Commitments commitments) {
        if (!command.amount().isPositive()) {
            throw new InvalidField("amount", "a commitment must be more than zero");
        }
        MinorUnits.require(command.amount(), "amount");
        var holding = new Holding(command.partner(), command.shareClass());
        var promised = commitments.made().get(holding);
        if (promised != null && promised.amount().equals(command.amount())) {
            return List.of(); // recorded already: a commitment counts once
        }
        commitments.requireCurrency(command.amount().currency());
        if (promised != null) {
            throw new RuleViolated(
                    "commitment-differs",
                    "%s already committed %s in class %s; a commitment is not changed by a second one"
                            .formatted(command.partner(), promised.amount(), command.shareClass()));
        }
        return List.of(new CommitmentMade(
                command.fund(), command.partner(), command.shareClass(), command.amount(), command.at()));
    }
}
