package menara.billing.rating;

import java.time.YearMonth;
import java.util.List;
import menara.values.Money;

/**
 * What a contract owes for a month, before credits.
 *
 * @param month calendar month in the contract's time zone
 * @param lines rated lines
 * @param total the sum of the lines, always
 */
public record MonthCharges(YearMonth month, List<RatedLine> lines, Money total) {}
