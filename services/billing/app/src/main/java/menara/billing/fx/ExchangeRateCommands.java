package menara.billing.fx;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;

/** What people ask of a rate that is entered by hand. */
sealed interface ExchangeRateCommands {

    /**
     * Enter a rate.
     *
     * @param today no rate is known for a later day
     */
    record ProposeExchangeRate(
            ExchangeRateId rate,
            Currency base,
            Currency quote,
            BigDecimal value,
            LocalDate date,
            String reason,
            String proposedBy,
            LocalDate today,
            Instant at)
            implements ExchangeRateCommands {}

    /** Approve a rate that another person entered. */
    record ApproveExchangeRate(ExchangeRateId rate, String approvedBy, Instant at) implements ExchangeRateCommands {}
}
