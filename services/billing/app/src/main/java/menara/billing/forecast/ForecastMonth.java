package menara.billing.forecast;

import java.time.YearMonth;
import menara.values.Money;

/**
 * @param month calendar month in the contract's zone
 * @param charges expected charges before credits
 * @param credits what the credits that stand will take off those charges, positive
 */
public record ForecastMonth(YearMonth month, Money charges, Money credits) {}
