package menara.billing.leaks;

import java.time.YearMonth;
import menara.values.ContractId;

/**
 * @param kind what leaks
 * @param contract on whose account it would be
 * @param month calendar month in the contract's zone
 * @param detail what exactly, for people
 */
record Leak(Kind kind, ContractId contract, YearMonth month, String detail) {

    enum Kind {
        /** Racks were handed over, and no GPU time was reported for them. */
        ALLOCATED_NOT_METERED,
        /** Racks or usage of a time in which the contract is not in force. */
        METERED_NOT_UNDER_CONTRACT,
        /** Usage that no charge of the plan prices. */
        REACHED_NO_CHARGE,
        /** What came so late that no draft looks back to its month by itself. */
        ACCRUED_NOT_INVOICED
    }
}
