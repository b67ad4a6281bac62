package menara.investment.valuation;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import menara.values.ContractId;
import menara.values.Money;

/**
 * What billing expects of one contract, as known at an instant.
 *
 * @param contract the contract
 * @param currency currency of all amounts
 * @param months expected revenue by calendar month
 * @param at as known at
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
