package menara.billing.rating;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import menara.values.Money;

/**
 * What a contract owes for a month, before credits.
 *
 * @param month calendar month in the contract's time zone
 * @param lines rated lines
 * @param total the sum of the lines, always
 * @param creditable what a service credit is a share of: the lines without what prepaid credit cost and paid for
 */
public record MonthCharges(YearMonth month, List<RatedLine> lines, Money total, Money creditable) {

    static MonthCharges of(YearMonth month, List<RatedLine> lines, Currency currency) {
        return new MonthCharges(
                month,
                lines,
                Money.sum(lines.stream().map(RatedLine::amount).toList(), currency),
                creditable(lines, currency));
    }

    static Money creditable(List<RatedLine> lines, Currency currency) {
        return Money.sum(
                lines.stream()
                        .filter(line -> !line.kind().isPrepayment())
                        .map(RatedLine::amount)
                        .toList(),
                currency);
    }

    /** What {@code percent} of these charges comes to. */
    public Money credit(BigDecimal percent) {
        return ServiceCredit.share(percent, creditable);
    }
}
