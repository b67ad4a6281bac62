package menara.billing.projections;

import java.time.Instant;
import java.util.List;
import menara.billing.contracts.Contract;
import menara.values.ContractId;
import menara.values.Money;
import menara.values.TenantId;

/**
 * @param months every month of the term
 * @param total charges less credits over the whole term
 */
record ForecastView(ContractId contract, TenantId tenant, Instant asOf, List<ForecastMonth> months, Money total) {

    static ForecastView of(Contract.Signed contract, List<ForecastMonth> months, Instant asOf) {
        var total = Money.sum(
                months.stream()
                        .map(month -> month.charges().minus(month.credits()))
                        .toList(),
                contract.currency());
        return new ForecastView(contract.contract(), contract.tenant(), asOf, months, total);
    }
}
