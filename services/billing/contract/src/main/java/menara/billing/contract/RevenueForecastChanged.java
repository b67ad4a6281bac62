package menara.billing.contract;

import java.time.Instant;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import menara.values.ContractId;
import menara.values.Money;
import menara.values.PublishedEvent;
import menara.values.TenantId;

/**
 * What a contract is expected to bring, month by month over its whole term; replaces the contract's earlier forecast. Usage is expected to go
 * on as in the last month that is over (in a contract's first month: as in its whole days so far), racks that were handed over until their
 * periods end.
 *
 * @param contract the contract
 * @param tenant its tenant
 * @param currency ISO 4217 currency of all amounts
 * @param months every month of the term, in order
 * @param at as-of time
 */
@PublishedEvent(namespace = "menara.billing", name = "RevenueForecastChanged", version = "1")
public record RevenueForecastChanged(
        ContractId contract, TenantId tenant, Currency currency, List<Month> months, Instant at) {

    /**
     * @param month calendar month in the contract's time zone
     * @param charges expected charges before credits
     * @param credits what the credits that stand will take off those charges, positive
     */
    public record Month(YearMonth month, Money charges, Money credits) {}
}
