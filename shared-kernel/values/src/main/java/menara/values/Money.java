package menara.values;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Currency;
import java.util.Objects;

/**
 * An exact amount of one currency. It may carry more decimals than the currency has (a unit price of 0.00042 USD); it is
 * rounded once, by {@link #rounded()}, where a line becomes payable.
 *
 * @param amount decimal amount, negative for a debt or a credit
 * @param currency ISO 4217 currency
 */
public record Money(BigDecimal amount, Currency currency) implements Comparable<Money> {

    /** A figure beyond this precision is a mistake, not money; it also bounds the cost of hostile input. */
    static final int MAX_PRECISION = 34;

    public Money {
        Objects.requireNonNull(amount, "amount");
        Objects.requireNonNull(currency, "currency");
        if (amount.precision() > MAX_PRECISION || Math.abs(amount.scale()) > MAX_PRECISION) {
            throw new IllegalArgumentException("amount must have at most %d digits, has %d digits at scale %d"
                    .formatted(MAX_PRECISION, amount.precision(), amount.scale()));
        }
        // 1.50 and 1.5 are the same money: one representation, so that equals() means equal.
        amount = amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
        amount = amount.setScale(Math.max(amount.scale(), currency.getDefaultFractionDigits()));
    }

    public static Money of(String amount, String currencyCode) {
        return new Money(new BigDecimal(amount), Currency.getInstance(currencyCode));
    }

    public static Money of(BigDecimal amount, Currency currency) {
        return new Money(amount, currency);
    }

    public static Money zero(Currency currency) {
        return new Money(BigDecimal.ZERO, currency);
    }

    public static Money sum(Collection<Money> parts, Currency currency) {
        return parts.stream().reduce(zero(currency), Money::plus);
    }

    /** @throws CurrencyMismatch if the currencies differ: money is never mixed silently */
    public Money plus(Money other) {
        return new Money(amount.add(sameCurrency(other).amount), currency);
    }

    /** @throws CurrencyMismatch if the currencies differ */
    public Money minus(Money other) {
        return new Money(amount.subtract(sameCurrency(other).amount), currency);
    }

    public Money times(BigDecimal factor) {
        return new Money(amount.multiply(factor), currency);
    }

    public Money negated() {
        return new Money(amount.negate(), currency);
    }

    /** Rounds half-even to the currency's minor units (KRW 0, MAD 2). Called once per line; a rounded amount is a fixed point. */
    public Money rounded() {
        return new Money(amount.setScale(currency.getDefaultFractionDigits(), RoundingMode.HALF_EVEN), currency);
    }

    public Money min(Money other) {
        return compareTo(other) <= 0 ? this : other;
    }

    public boolean isNegative() {
        return amount.signum() < 0;
    }

    public boolean isPositive() {
        return amount.signum() > 0;
    }

    public boolean isZero() {
        return amount.signum() == 0;
    }

    @Override
    public int compareTo(Money other) {
        return amount.compareTo(sameCurrency(other).amount);
    }

    private Money sameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new CurrencyMismatch(currency, other.currency);
        }
        return other;
    }

    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency.getCurrencyCode();
    }
}
