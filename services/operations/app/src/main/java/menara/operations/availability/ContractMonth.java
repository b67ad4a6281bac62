package menara.operations.availability;

import java.time.YearMonth;
import menara.values.ContractId;

/**
 * A contract and a calendar month of its time zone, for which availability is measured as one figure.
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
