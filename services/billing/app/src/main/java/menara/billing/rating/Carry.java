package menara.billing.rating;

import java.math.BigInteger;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import menara.values.Money;

/**
 * What a month hands on to the next: committed quantities not used yet and credit paid in advance. It follows from the months
 * before and is never stored.
 *
 * @param commitments left over by charge, oldest first
 * @param prepaid balances by charge
 */
public record Carry(Map<String, List<Block>> commitments, Map<String, Balance> prepaid) {

    public static final Carry NONE = new Carry(Map.of(), Map.of());

    /**
     * @param month month it was committed for
     * @param lastMonth last month in which it can be used
     * @param parts what is left of it
     */
    public record Block(YearMonth month, YearMonth lastMonth, BigInteger parts) {}

    /**
     * @param left what is left
     * @param lastMonth last month in which it can be used
     */
    public record Balance(Money left, YearMonth lastMonth) {}

    /** Carries on while a month is rated. */
    static final class Ledger {

        private final YearMonth month;
        private final Map<String, List<Block>> commitments = new TreeMap<>();
        private final Map<String, Balance> prepaid;

        Ledger(Carry carry, YearMonth month) {
            this.month = month;
            this.prepaid = new TreeMap<>(carry.prepaid());
            carry.commitments()
                    .forEach((charge, blocks) -> commitments.put(
                            charge,
                            new ArrayList<>(blocks.stream()
                                    .filter(block -> !block.lastMonth().isBefore(month))
                                    .toList())));
        }

        void commit(String charge, BigInteger parts, int rolloverMonths) {
            commitments
                    .computeIfAbsent(charge, _ -> new ArrayList<>())
                    .add(new Block(month, month.plusMonths(rolloverMonths), parts));
        }

        /** Draws at most {@code wanted}, oldest first; answers what was there. */
        BigInteger draw(String charge, BigInteger wanted) {
            var blocks = commitments.getOrDefault(charge, new ArrayList<>());
            var missing = wanted;
            for (int i = 0; i < blocks.size(); i++) {
                var taken = blocks.get(i).parts().min(missing);
                blocks.set(
                        i,
                        new Block(
                                blocks.get(i).month(),
                                blocks.get(i).lastMonth(),
                                blocks.get(i).parts().subtract(taken)));
                missing = missing.subtract(taken);
            }
            blocks.removeIf(block -> block.parts().signum() == 0);
            return wanted.subtract(missing);
        }

        BigInteger left(String charge) {
            return commitments.getOrDefault(charge, List.of()).stream()
                    .map(Block::parts)
                    .reduce(BigInteger.ZERO, BigInteger::add);
        }

        boolean isPaid(String charge) {
            return prepaid.containsKey(charge);
        }

        void pay(String charge, Money credit, int validMonths) {
            prepaid.put(charge, new Balance(credit, month.plusMonths(validMonths - 1L)));
        }

        /** Draws at most {@code wanted} from a balance that is still valid. */
        Money drawCredit(String charge, Money wanted) {
            var balance = prepaid.get(charge);
            if (balance == null || balance.lastMonth().isBefore(month) || !wanted.isPositive()) {
                return Money.zero(wanted.currency());
            }
            var drawn = balance.left().min(wanted);
            prepaid.put(charge, new Balance(balance.left().minus(drawn), balance.lastMonth()));
            return drawn;
        }

        Money creditLeft(String charge, Money none) {
            var balance = prepaid.get(charge);
            return balance == null ? none : balance.left();
        }

        Carry close() {
            commitments.values().removeIf(List::isEmpty);
            return new Carry(Map.copyOf(commitments), Map.copyOf(prepaid));
        }
    }
}
