package menara.billing.rating;

import java.math.BigInteger;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import menara.values.Money;

/**
 * What a month carries over to the next: committed quantities not used yet and credit paid in advance. It follows from the months
 * before and is never stored.
 *
 * @param commitments left over by charge, oldest first
 * @param prepaid balances by charge
 */
public record RolloverBalance(Map<String, List<Block>> commitments, Map<String, Balance> prepaid) {

    public static final RolloverBalance NONE = new RolloverBalance(Map.of(), Map.of());

    /**
     * @param month month it was committed for
     * @param lastMonth last month in which it can be used
     * @param parts what is left of it
     */
    public record Block(YearMonth month, YearMonth lastMonth, BigInteger parts) {}

    /**
     * @param product what the invoice calls it
     * @param left what is left
     * @param lastMonth last month in which it can be used
     */
    public record Balance(String product, Money left, YearMonth lastMonth) {}
}
