package menara.billing.projections;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import menara.billing.contracts.Contract;
import menara.billing.credits.CreditId;
import menara.billing.credits.Credits;
import menara.billing.rating.Charges;
import menara.values.Money;
import org.springframework.stereotype.Component;

/** What a contract is expected to bring: usage so far, racks for their whole period, less the credits that stand. */
@Component
class Forecasts {

    private final Charges charges;
    private final Credits credits;

    Forecasts(Charges charges, Credits credits) {
        this.charges = charges;
        this.credits = credits;
    }

    List<ForecastMonth> of(Contract.Signed contract, Instant asOf) {
        var months = contract.months();
        var granted =
                credits
                        .find(
                                months.stream()
                                        .map(month -> new CreditId(contract.contract(), month))
                                        .toList(),
                                asOf)
                        .stream()
                        .collect(Collectors.toMap(
                                decided -> decided.credit().month(),
                                decided -> decided.assessed().amount()));
        return months.stream()
                .map(month -> new ForecastMonth(
                        month,
                        charges.expected(contract, month, asOf).total(),
                        granted.getOrDefault(month, Money.zero(contract.currency()))))
                .toList();
    }
}
