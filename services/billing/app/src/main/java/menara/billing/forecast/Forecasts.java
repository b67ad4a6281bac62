package menara.billing.forecast;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.stream.Collectors;
import menara.billing.contracts.Contract;
import menara.billing.credits.CreditId;
import menara.billing.credits.CreditReadModel;
import menara.billing.rating.Charges;
import org.springframework.stereotype.Component;

/** What a contract is expected to bring, less the credits that stand. */
@Component
class Forecasts {

    private final Charges charges;
    private final CreditReadModel credits;

    Forecasts(Charges charges, CreditReadModel credits) {
        this.charges = charges;
        this.credits = credits;
    }

    ForecastView of(Contract.Signed contract, Instant asOf) {
        var forecast = charges.forecast(contract, asOf);
        var ids = forecast.months().stream()
                .map(month -> new CreditId(contract.contract(), month.month()))
                .toList();
        var shares = credits.find(ids, asOf).stream()
                .collect(Collectors.toMap(
                        decided -> decided.credit().month(),
                        decided -> decided.assessed().creditPercent()));
        // A credit granted early is a share of what the whole month will bring, not of what it brought so far.
        var months = forecast.months().stream()
                .map(month -> new ForecastMonth(
                        month.month(),
                        month.total(),
                        month.credit(shares.getOrDefault(month.month(), BigDecimal.ZERO))))
                .toList();
        return ForecastView.of(contract, months, ForecastView.Method.of(forecast.observed()), asOf);
    }
}
