package menara.billing.fx;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import menara.platform.web.InvalidField;
import menara.platform.web.NotFound;
import menara.platform.web.RequiredText;
import menara.platform.web.RuleViolated;

/** A rate that is entered by hand. It is never edited: a wrong one is corrected by another entry for the same day. */
sealed interface ExchangeRate {

    record None() implements ExchangeRate {}

    record Proposed(ExchangeRateProposed entry) implements ExchangeRate {}

    record Approved(ExchangeRateProposed entry, String approvedBy) implements ExchangeRate {}

    /** Digits of a value before the point: more is a mistake, and makes an invoice nobody can check. */
    int MAX_WHOLE_DIGITS = 8;

    int MAX_DECIMALS = 10;
    int MAX_REASON = 200;

    /**
     * Enter a rate.
     *
     * @param today no rate is known for a later day
     */
    record Propose(
            ExchangeRateId rate,
            Currency base,
            Currency quote,
            BigDecimal value,
            LocalDate date,
            String reason,
            String proposedBy,
            LocalDate today,
            Instant at) {}

    /** Agree to a rate that somebody else entered. */
    record Approve(ExchangeRateId rate, String approvedBy, Instant at) {}

    static List<ExchangeRateEvent> decide(Propose command, ExchangeRate rate) {
        if (!(rate instanceof None)) {
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

    static List<ExchangeRateEvent> decide(Approve command, ExchangeRate rate) {
        return switch (rate) {
            case None _ -> throw new NotFound("exchange rate", command.rate());
            case Proposed(var entry) -> {
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
            case Approved approved -> {
                if (approved.approvedBy().equals(command.approvedBy())) {
                    yield List.of(); // its answer was lost
                }
                throw new RuleViolated("already-approved", "the rate is approved already");
            }
        };
    }

    static ExchangeRate evolve(ExchangeRate rate, ExchangeRateEvent event) {
        return switch (event) {
            case ExchangeRateProposed e -> new Proposed(e);
            case ExchangeRateApproved e ->
                rate instanceof Proposed(var entry) ? new Approved(entry, e.approvedBy()) : rate;
        };
    }
}
