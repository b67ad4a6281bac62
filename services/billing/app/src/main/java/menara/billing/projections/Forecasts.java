package menara.billing.projections;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import menara.billing.contracts.Contract;
import menara.billing.credits.CreditId;
import menara.billing.credits.Credits;
import menara.billing.rating.Charges;
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
        var ids = months.stream()
                .map(month -> new CreditId(contract.contract(), month))
                .toList();
        var shares = credits.find(ids, asOf).stream()
                .collect(Collectors.toMap(
                        decided -> decided.credit().month(),
                        decided -> decided.assessed().creditPercent()));
        return months.stream()
                .map(month -> {
                    var expected = charges.expected(contract, month, asOf);
                    // A credit granted early is a share of what the whole month will bring, not of what it brought so
                    // far.
                    var credited = expected.credit(shares.getOrDefault(month, BigDecimal.ZERO));
                    return new ForecastMonth(month, expected.total(), credited);
                })
                .toList();
    }
}
