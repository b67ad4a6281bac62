package menara.investment.valuation;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import menara.values.ContractId;
import menara.values.Money;

/**
 * Billing's forecast for one contract, as of an instant.
 *
 * @param contract the contract
 * @param currency currency of all amounts
 * @param months expected revenue by calendar month
 * @param at as-of time
 */
record RevenueForecast(ContractId contract, Currency currency, List<Month> months, Instant at) {

    /** Revenue net of credits. */
    record Month(YearMonth month, Money net) {}

    RevenueForecast {
        months = List.copyOf(months);
    }

    Money total() {
        return Money.sum(months.stream().map(Month::net).toList(), currency);
    }
}
