package menara.billing.contracts;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;
import menara.billing.catalogue.PricePlanId;
import menara.values.ContractId;
import menara.values.Period;
import menara.values.TenantId;

/** A contract's life. */
public sealed interface Contract {

    /** No contract of this id. */
    record None() implements Contract {}

    /**
     * @param contract the contract
     * @param tenant who uses and pays
     * @param plan what it is charged by, in the version in force at the hour of use
     * @param term when it is in force; whole hours in {@code timeZone}
     * @param currency ISO 4217, the plan's
     * @param timeZone IANA zone in which its months and hours are counted
     * @param serviceLevel promised availability and what a breach costs
     * @param signedAt when it became known
     */
    record Signed(
            ContractId contract,
            TenantId tenant,
            PricePlanId plan,
            Period term,
            Currency currency,
            ZoneId timeZone,
            ServiceLevel serviceLevel,
            Instant signedAt)
            implements Contract {

        /** Every calendar month that the term touches, in order. */
        public List<YearMonth> months() {
            var first = YearMonth.from(term.from().atZone(timeZone));
            var last = YearMonth.from(term.until().minusNanos(1).atZone(timeZone));
            return Stream.iterate(first, month -> !month.isAfter(last), month -> month.plusMonths(1))
                    .toList();
        }
    }
}
