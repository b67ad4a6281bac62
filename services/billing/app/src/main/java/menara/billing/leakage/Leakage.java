package menara.billing.leakage;

import java.time.YearMonth;
import menara.values.ContractId;
import org.jspecify.annotations.Nullable;

/**
 * @param kind what leaks
 * @param contract on whose account it would be; null if that is not known
 * @param month calendar month in the contract's zone
 * @param detail what exactly, for people
 */
record Leakage(Kind kind, @Nullable ContractId contract, YearMonth month, String detail) {

    enum Kind {
        /** Racks were handed over, and no GPU time was reported for them. */
        ALLOCATED_NOT_METERED,
        /** Racks or usage of a time in which the contract is not in force. */
        METERED_NOT_UNDER_CONTRACT,
        /** Racks were handed over on account of a contract that nobody signed. */
        HANDED_OVER_WITHOUT_CONTRACT,
        /** Racks were kept for a tenant whose time had begun, and were not handed over. */
        CONFIRMED_NOT_HANDED_OVER,
        /** Usage that no charge of the plan prices. */
        REACHED_NO_CHARGE,
        /** Usage that was accepted and could not be counted. */
        ACCEPTED_NOT_COUNTED,
        /** Charges or credits that no invoice has asked for, and none will by itself. */
        ACCRUED_NOT_INVOICED,
        /** A contract whose month cannot be computed, so that nothing of it is known. */
        CANNOT_BE_RATED
    }
}
