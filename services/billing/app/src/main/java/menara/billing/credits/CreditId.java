package menara.billing.credits;

import java.time.YearMonth;
import menara.values.ContractId;

/**
 * A contract has at most one credit for a month.
 *
 * @param contract the contract
 * @param month calendar month in the contract's time zone
 */
public record CreditId(ContractId contract, YearMonth month) {

    @Override
    public String toString() {
        return contract + "|" + month;
    }
}
