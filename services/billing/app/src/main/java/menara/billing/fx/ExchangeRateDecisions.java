package menara.billing.fx;

import java.util.List;
import menara.billing.fx.ExchangeRateCommands.ApproveExchangeRate;
import menara.billing.fx.ExchangeRateCommands.ProposeExchangeRate;
import menara.values.refusals.InvalidField;
import menara.values.refusals.NotFound;
import menara.values.refusals.RequiredText;
import menara.values.refusals.RuleViolated;

/** When a rate may be entered, and who may approve it. */
final class ExchangeRateDecisions {

    /** Digits of a value before the point: more is a mistake. */
    static final int MAX_WHOLE_DIGITS = 8;

    static final int MAX_DECIMALS = 10;
    static final int MAX_REASON = 200;

    private ExchangeRateDecisions() {}

    static List<ExchangeRateEvent> decide(ProposeExchangeRate command, ExchangeRate rate) {
        if (!(rate instanceof ExchangeRate.None)) {
            return List.of(); // the id is made for one request, so this is its repetition
        }
        if (command.base().equals(command.quote())) {
            throw new InvalidField("quote", "must be another currency than base");
        }
        if (command.value().signum() <= 0
                || command.value().precision() - command.value().scale() > MAX_WHOLE_DIGITS
                || command.value().scale() > MAX_DECIMALS) {
            throw new InvalidField(
                    "value",
                    "must be above 0, with at most %d digits before the point and %d after it"
                            .formatted(MAX_WHOLE_DIGITS, MAX_DECIMALS));
        }
        if (command.date().isAfter(command.today())) {
            throw new InvalidField("date", "must not lie in the future, today is " + command.today());
        }
        RequiredText.line("reason", command.reason(), MAX_REASON);
        return List.of(new ExchangeRateProposed(
                command.rate(),
                command.base(),
                command.quote(),
                command.value(),
                command.date(),
                command.reason(),
                command.proposedBy(),
                command.at()));
    }

    static List<ExchangeRateEvent> decide(ApproveExchangeRate command, ExchangeRate rate) {
        return switch (rate) {
            case ExchangeRate.None _ -> throw new NotFound("exchange rate", command.rate());
            case ExchangeRate.Proposed(var entry) -> {
                if (entry.proposedBy().equals(command.approvedBy())) {
                    throw new RuleViolated("four-eyes", "a rate that one person entered is approved by another");
                }
                yield List.of(new ExchangeRateApproved(
                        entry.rate(),
                        entry.base(),
                        entry.quote(),
                        entry.value(),
                        entry.date(),
                        entry.proposedBy(),
                        command.approvedBy(),
                        command.at()));
            }
            case ExchangeRate.Approved approved -> {
                if (approved.approvedBy().equals(command.approvedBy())) {
                    yield List.of(); // its answer was lost
                }
                throw new RuleViolated("already-approved", "the rate is approved already");
            }
        };
    }
}
