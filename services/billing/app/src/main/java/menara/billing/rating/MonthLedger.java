package menara.billing.rating;

import java.math.BigInteger;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeMap;
import menara.values.Money;

/**
 * Commitments and prepaid credit while a month is rated: what earlier months left over, what this one commits to, what is drawn.
 *
 * <p>A commitment belongs to the whole month. An hour draws on what the month would commit to if the version in force at that hour
 * went on until the month's end, so neither the day of the query nor a later version turns it into overage.
 */
final class MonthLedger {

    private final YearMonth month;
    private final Map<String, List<RolloverBalance.Block>> rolledOver = new TreeMap<>();
    private final Map<String, Committed> committed = new TreeMap<>();
    private final Map<String, RolloverBalance.Balance> prepaid;

    /** What this month's pricing periods have committed to so far, and what was drawn of it. */
    private record Committed(Fraction parts, BigInteger drawn, int rolloverMonths) {}

    private static final Committed NOTHING = new Committed(Fraction.ZERO, BigInteger.ZERO, 0);

    MonthLedger(RolloverBalance rollover, YearMonth month) {
        this.month = month;
        this.prepaid = new TreeMap<>(rollover.prepaid());
        rollover.commitments()
                .forEach((charge, blocks) -> rolledOver.put(
                        charge,
                        new ArrayList<>(blocks.stream()
                                .filter(block -> !block.lastMonth().isBefore(month))
                                .toList())));
    }

    /** What the pricing periods before committed to. */
    Fraction committed(String charge) {
        return committed.getOrDefault(charge, NOTHING).parts();
    }

    void commit(String charge, Fraction parts, int rolloverMonths) {
        var before = committed.getOrDefault(charge, NOTHING);
        committed.put(charge, new Committed(before.parts().plus(parts), before.drawn(), rolloverMonths));
    }

    /** What earlier months left over. */
    BigInteger rolledOver(String charge) {
        return rolledOver.getOrDefault(charge, List.of()).stream()
                .map(RolloverBalance.Block::parts)
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    /**
     * Draws at most {@code wanted}, what is left over first, oldest first, then of this month's.
     *
     * @param ofMonth what the month commits to in all, for the hours that want it
     * @return the quantity drawn
     */
    BigInteger draw(String charge, BigInteger wanted, BigInteger ofMonth) {
        var missing = wanted.subtract(drawRolledOver(charge, wanted));
        var before = committed.getOrDefault(charge, NOTHING);
        var taken = ofMonth.subtract(before.drawn()).max(BigInteger.ZERO).min(missing);
        committed.put(charge, new Committed(before.parts(), before.drawn().add(taken), before.rolloverMonths()));
        return wanted.subtract(missing).add(taken);
    }

    private BigInteger drawRolledOver(String charge, BigInteger wanted) {
        var blocks = rolledOver.getOrDefault(charge, new ArrayList<>());
        var missing = wanted;
        for (int i = 0; i < blocks.size(); i++) {
            var block = blocks.get(i);
            var taken = block.parts().min(missing);
            blocks.set(
                    i,
                    new RolloverBalance.Block(
                            block.month(), block.lastMonth(), block.parts().subtract(taken)));
            missing = missing.subtract(taken);
        }
        blocks.removeIf(block -> block.parts().signum() == 0);
        return wanted.subtract(missing);
    }

    boolean isPaid(String charge) {
        return prepaid.containsKey(charge);
    }

    void pay(String charge, String product, Money credit, int validMonths) {
        prepaid.put(charge, new RolloverBalance.Balance(product, credit, month.plusMonths(validMonths - 1L)));
    }

    /** Charges with a balance, those of {@code first} before others: a paid credit stays when a later version sells none. */
    SequencedSet<String> prepaid(List<String> first) {
        var charges = new LinkedHashSet<>(first);
        charges.retainAll(prepaid.keySet());
        charges.addAll(prepaid.keySet());
        return charges;
    }

    RolloverBalance.Balance balance(String charge) {
        return Optional.ofNullable(prepaid.get(charge)).orElseThrow();
    }

    /** Draws at most {@code wanted} from a balance that is still valid. */
    Money drawCredit(String charge, Money wanted) {
        var balance = balance(charge);
        if (balance.lastMonth().isBefore(month) || !wanted.isPositive()) {
            return Money.zero(wanted.currency());
        }
        var drawn = balance.left().min(wanted);
        prepaid.put(
                charge,
                new RolloverBalance.Balance(balance.product(), balance.left().minus(drawn), balance.lastMonth()));
        return drawn;
    }

    RolloverBalance close() {
        committed.forEach((charge, of) -> {
            var left = of.parts().floor().subtract(of.drawn());
            if (left.signum() > 0) {
                rolledOver
                        .computeIfAbsent(charge, _ -> new ArrayList<>())
                        .add(new RolloverBalance.Block(month, month.plusMonths(of.rolloverMonths()), left));
            }
        });
        rolledOver.values().removeIf(List::isEmpty);
        return new RolloverBalance(Map.copyOf(rolledOver), Map.copyOf(prepaid));
    }
}
