package menara.investment.commitments;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Currency;
import menara.values.Money;
import menara.values.refusals.InvalidField;

/** Money as a whole number of the smallest unit of its currency in which payments are made (MAD 0.01, KRW 1). */
public final class MinorUnits {

    private MinorUnits() {}

    /**
     * @throws InvalidField naming {@code field} if the amount cannot be paid: too many decimals, or a currency without minor unit such as
     * gold (XAU)
     */
    public static void require(Money amount, String field) {
        int decimals = amount.currency().getDefaultFractionDigits();
        if (decimals < 0) {
            throw new InvalidField(
                    field, "payments cannot be made in " + amount.currency().getCurrencyCode());
        }
        if (amount.amount().scale() > decimals) {
            throw new InvalidField(
                    field,
                    "%s is paid with %d decimals, was %s"
                            .formatted(amount.currency().getCurrencyCode(), decimals, amount));
        }
    }

    /** @throws ArithmeticException if the amount has more decimals than can be paid */
    static BigInteger of(Money amount) {
        return amount.amount()
                .movePointRight(amount.currency().getDefaultFractionDigits())
                .toBigIntegerExact();
    }

    static Money money(BigInteger minorUnits, Currency currency) {
        return Money.of(new BigDecimal(minorUnits, currency.getDefaultFractionDigits()), currency);
    }
}
