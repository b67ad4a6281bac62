package menara.billing.projections;

import java.time.YearMonth;
import menara.values.Money;

/**
 * @param month calendar month in the contract's zone
 * @param charges expected charges before credits
 * @param credits credits granted, positive
 */
public record ForecastMonth(YearMonth month, Money charges, Money credits) {}
