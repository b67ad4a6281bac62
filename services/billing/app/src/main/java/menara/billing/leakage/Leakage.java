package menara.billing.leakage;

import java.time.YearMonth;
import menara.values.ContractId;
import org.jspecify.annotations.Nullable;

/**
 * @param kind what leaks
 * @param contract contract that would pay; null if it is not known
 * @param month calendar month in the contract's zone
 * @param detail what exactly, for people
 */
record Leakage(Kind kind, @Nullable ContractId contract, YearMonth month, String detail) {

    enum Kind {
        /** Racks were handed over, and no GPU time was reported for them. */
        ALLOCATED_NOT_METERED,
        /** Racks or usage outside the term of the contract. */
        METERED_NOT_UNDER_CONTRACT,
        /** Racks were handed over for a contract that was never signed. */
        HANDED_OVER_WITHOUT_CONTRACT,
        /** Racks were held for a tenant after its reserved period began, and were not handed over. */
        CONFIRMED_NOT_HANDED_OVER,
        /** Usage that no charge of the plan prices. */
        REACHED_NO_CHARGE,
        /** Usage that was accepted and could not be counted. */
        ACCEPTED_NOT_COUNTED,
        /** Charges or credits that no invoice has asked for, and no regular draft will. */
        ACCRUED_NOT_INVOICED,
        /** A contract whose month cannot be computed, so that its leaks are unknown. */
        CANNOT_BE_RATED
    }
}
