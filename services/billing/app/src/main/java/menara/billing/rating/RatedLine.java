package menara.billing.rating;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Optional;
import menara.values.Money;

/**
 * What a quantity costs, with everything the amount follows from.
 *
 * @param planVersion version of the price plan in force at the hours of use
 * @param quantity what was used, exactly
 * @param unitPrice price of one unit; empty if the version does not price this meter
 * @param amount quantity × unit price, rounded once, half-even, to the currency's minor units
 */
public record RatedLine(int planVersion, Quantity quantity, Optional<Money> unitPrice, Money amount) {

    static RatedLine of(int planVersion, Quantity quantity, Optional<BigDecimal> unitPrice, Currency currency) {
        var amount = unitPrice
                .map(price -> price.multiply(new BigDecimal(quantity.parts()))
                        .divide(
                                BigDecimal.valueOf(quantity.meter().partsPerUnit()),
                                currency.getDefaultFractionDigits(),
                                RoundingMode.HALF_EVEN))
                .orElse(BigDecimal.ZERO);
        return new RatedLine(
                planVersion, quantity, unitPrice.map(price -> Money.of(price, currency)), Money.of(amount, currency));
    }

    /** The arithmetic, {@code 12.500 GPU h × 2.10 USD (plan v3)}. */
    public String explanation() {
        var used = "%s %s".formatted(quantity.shown(), quantity.meter().unit());
        return unitPrice
                .map(price -> "%s × %s (plan v%d)".formatted(used, price, planVersion))
                .orElseGet(() -> "%s, not priced in plan v%d".formatted(used, planVersion));
    }
}
