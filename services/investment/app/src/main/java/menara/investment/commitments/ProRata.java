package menara.investment.commitments;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import menara.values.Money;
import menara.values.PartnerId;

/**
 * Splits an amount in proportion to weights so that the parts add up to it to the last minor unit (largest remainder).
 * Integers only: no part is ever a rounded division.
 */
public final class ProRata {

    /** Decides between equal remainders, so that the same input always gives the same split. */
    static final Comparator<PartnerId> BY_ID = Comparator.comparing(PartnerId::value);

    private ProRata() {}

    /**
     * Splits without limits. A negative amount is split like its opposite.
     *
     * @param weights positive amounts of any one currency, at least one
     */
    public static SortedMap<PartnerId, Money> split(Money amount, Map<PartnerId, Money> weights) {
        var sign = BigInteger.valueOf(amount.isNegative() ? -1 : 1);
        var units = MinorUnits.of(amount).multiply(sign);
        var parts = new TreeMap<PartnerId, Money>(BY_ID);
        apportion(units, units(weights))
                .forEach((partner, part) ->
                        parts.put(partner, MinorUnits.money(part.multiply(sign), amount.currency())));
        return parts;
    }

    /**
     * Splits so that no part is above its limit; the amount above a limit is split among the others in the same proportion.
     *
     * @param amount positive, at most the sum of the limits
     * @param weights positive amounts of any one currency
     * @param limits for each partner of {@code weights}, in the currency of {@code amount}, not negative
     * @return a part for each partner of {@code weights}, possibly zero
     */
    public static SortedMap<PartnerId, Money> split(
            Money amount, Map<PartnerId, Money> weights, Map<PartnerId, Money> limits) {
        var open = units(weights);
        var caps = units(limits);
        var rest = MinorUnits.of(amount);
        if (rest.compareTo(sum(caps)) > 0) {
            throw new IllegalArgumentException("%s is more than the limits allow".formatted(amount));
        }
        var parts = new TreeMap<PartnerId, BigInteger>(BY_ID);
        var cut = above(caps, open, rest);
        while (!cut.isEmpty()) {
            for (var partner : cut.entrySet()) {
                parts.put(partner.getKey(), partner.getValue());
                open.remove(partner.getKey());
                rest = rest.subtract(partner.getValue());
            }
            cut = above(caps, open, rest);
        }
        // Here each exact part is at most its limit. Limits are whole units, so rounding a broken part up stays within
        // it too.
        parts.putAll(apportion(rest, open));
        var split = new TreeMap<PartnerId, Money>(BY_ID);
        parts.forEach((partner, part) -> split.put(partner, MinorUnits.money(part, amount.currency())));
        return split;
    }

    /** Those whose exact part of {@code amount} would be above their limit, with that limit. */
    private static Map<PartnerId, BigInteger> above(
            Map<PartnerId, BigInteger> limits, Map<PartnerId, BigInteger> weights, BigInteger amount) {
        var total = sum(weights);
        var above = new TreeMap<PartnerId, BigInteger>(BY_ID);
        weights.forEach((partner, weight) -> {
            var limit = Objects.requireNonNull(limits.get(partner), "each partner needs a limit");
            if (amount.multiply(weight).compareTo(limit.multiply(total)) > 0) {
                above.put(partner, limit);
            }
        });
        return above;
    }

    private static Map<PartnerId, BigInteger> apportion(BigInteger amount, SortedMap<PartnerId, BigInteger> weights) {
        var total = sum(weights);
        var parts = new TreeMap<PartnerId, BigInteger>(BY_ID);
        var remainders = new TreeMap<PartnerId, BigInteger>(BY_ID);
        weights.forEach((partner, weight) -> {
            var division = amount.multiply(weight).divideAndRemainder(total);
            parts.put(partner, division[0]);
            remainders.put(partner, division[1]);
        });
        long missing = amount.subtract(sum(parts)).longValueExact();
        // The sort is stable and the map ordered by id, so equal remainders go to the lower id.
        remainders.entrySet().stream()
                .sorted(Map.Entry.<PartnerId, BigInteger>comparingByValue().reversed())
                .limit(missing)
                .forEach(largest -> parts.merge(largest.getKey(), BigInteger.ONE, BigInteger::add));
        return parts;
    }

    private static SortedMap<PartnerId, BigInteger> units(Map<PartnerId, Money> amounts) {
        var units = new TreeMap<PartnerId, BigInteger>(BY_ID);
        amounts.forEach((partner, amount) -> units.put(partner, MinorUnits.of(amount)));
        return units;
    }

    private static BigInteger sum(Map<PartnerId, BigInteger> amounts) {
        return amounts.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
    }
}
