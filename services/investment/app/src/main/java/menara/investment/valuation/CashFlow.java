package menara.investment.valuation;

import java.time.LocalDate;
import menara.values.Money;

/**
 * Money that moves on a day, seen from the investor.
 *
 * @param date value date
 * @param kind why it moves
 * @param amount negative when the investor pays, positive when it receives
 */
record CashFlow(LocalDate date, Kind kind, Money amount) {

    enum Kind {
        CONTRIBUTION,
        OPEN_CALL,
        FORECAST_REVENUE
    }
}
