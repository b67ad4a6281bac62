package menara.operations.availability;

import java.time.YearMonth;
import menara.values.ContractId;

/**
 * The contract and month whose availability is measured.
 *
 * @param contract the contract
 * @param month calendar month in the contract's time zone
 */
public record ContractMonth(ContractId contract, YearMonth month) {

    /** As the log's tag names it: {@code <contract>/2026-03}. */
    @Override
    public String toString() {
        return contract + "/" + month;
    }
}
