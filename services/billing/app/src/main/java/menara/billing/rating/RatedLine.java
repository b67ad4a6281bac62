package menara.billing.rating;

import java.util.Optional;
import menara.billing.catalogue.PricePlanId;
import menara.values.Money;

/**
 * One line of a month's charges: the quantity, its price, the amount, and everything that the amount follows from.
 *
 * @param kind what the line is
 * @param charge code of the plan's charge; the meter's code where the plan does not price it
 * @param product what the invoice calls it
 * @param detail tells lines of one charge apart: {@code tier from 100}, {@code band peak}; may be empty
 * @param plan the plan
 * @param planVersion version of the plan in force at the hours of use
 * @param quantity what was used, exactly; empty if nothing is counted
 * @param unitPrice price of one unit; empty if there is none
 * @param amount rounded once, half-even, to the currency's minor units
 * @param explanation the arithmetic, {@code 12.500 GPU h × 2.10 USD (plan v3)}
 */
public record RatedLine(
        Kind kind,
        String charge,
        String product,
        String detail,
        PricePlanId plan,
        int planVersion,
        Optional<Quantity> quantity,
        Optional<Money> unitPrice,
        Money amount,
        String explanation) {

    /** What a line is; nothing is ever read out of its explanation. */
    public enum Kind {
        CHARGE,
        /** Used, and no charge of the plan counts it. */
        NOT_PRICED,
        /** Credit bought in advance. */
        PREPAID_PURCHASE,
        /** Charges paid by credit that was bought in advance. */
        PREPAID_DRAWDOWN;

        boolean isPrepayment() {
            return this == PREPAID_PURCHASE || this == PREPAID_DRAWDOWN;
        }
    }

    /** The same line of the same month, however often it is rated. */
    public String key() {
        return String.join("|", charge, plan.value(), Integer.toString(planVersion), detail);
    }
}
