package menara.billing.credits;

import java.math.BigDecimal;
import java.util.List;
import menara.billing.credits.CreditCommands.AssessAvailability;
import menara.billing.credits.CreditCommands.ReassessCharges;
import menara.billing.rating.ServiceCredit;

/** When a credit is granted, changed and taken back. */
final class CreditDecisions {

    private CreditDecisions() {}

    static List<CreditEvent> decide(AssessAvailability command, Credit credit) {
        var percent = command.availability().creditPercent(command.serviceLevel());
        return switch (credit) {
            case Credit.NotAssessed _ -> {
                var first = assessed(command, percent, 1);
                yield List.of(
                        first.isGranted()
                                ? new SlaCreditGranted(command.credit(), first, command.at())
                                : new AvailabilityTargetMet(command.credit(), first, command.at()));
            }
            // An old measurement delivered late, or one delivered twice, must not undo or repeat anything.
            case Credit.Assessed last
            when command.availability().measurement() <= last.availability().measurement() -> List.of();
            case Credit.Assessed last -> List.of(next(command, last, assessed(command, percent, last.revision() + 1)));
        };
    }

    private static CreditEvent next(AssessAvailability command, Credit.Assessed last, Credit.Assessed next) {
        if (next.isGranted()) {
            return last.isGranted()
                    ? new SlaCreditRevised(command.credit(), next, command.at())
                    : new SlaCreditGranted(command.credit(), next, command.at());
        }
        return last.isGranted()
                ? new SlaCreditWithdrawn(command.credit(), next, command.at())
                : new AvailabilityTargetMet(command.credit(), next, command.at());
    }

    private static Credit.Assessed assessed(AssessAvailability command, BigDecimal percent, long revision) {
        return new Credit.Assessed(
                command.tenant(),
                revision,
                command.availability(),
                percent,
                command.charges(),
                ServiceCredit.share(percent, command.charges()));
    }

    static List<CreditEvent> decide(ReassessCharges command, Credit credit) {
        return switch (credit) {
            case Credit.NotAssessed _ -> List.of();
            case Credit.Assessed last -> {
                var next = last.withCharges(command.charges());
                yield next.amount().equals(last.amount())
                        ? List.of()
                        : List.of(new SlaCreditRevised(command.credit(), next, command.at()));
            }
        };
    }

    static Credit evolve(Credit credit, CreditEvent event) {
        return switch (event) {
            case SlaCreditGranted e -> e.assessed();
            case SlaCreditRevised e -> e.assessed();
            case SlaCreditWithdrawn e -> e.assessed();
            case AvailabilityTargetMet e -> e.assessed();
        };
    }
}
