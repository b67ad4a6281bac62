package menara.billing.forecast;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import menara.billing.contracts.Contract;
import menara.values.ContractId;
import menara.values.Money;
import menara.values.Period;
import menara.values.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * @param months every month of the term
 * @param total charges less credits over the whole term
 * @param method how the future was estimated
 */
record ForecastView(
        ContractId contract, TenantId tenant, Instant asOf, List<ForecastMonth> months, Money total, Method method) {

    /**
     * @param usage {@code run-rate}: usage goes on as in {@code observed}, the mean of each hour of the day; {@code none} while there is
     *     no whole day to observe
     * @param observed the last calendar month that is over, or the whole days so far of a contract's first month; null without a run
     *     rate
     * @param explanation what the figures include and what they leave out
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Method(String usage, @Nullable Period observed, String explanation) {

        static Method of(Optional<Period> observed) {
            return new Method(
                    observed.isPresent() ? "run-rate" : "none",
                    observed.orElse(null),
                    "racks that were handed over until their periods end, what is agreed by the month, usage so far%s, less service credits as they stand; reservations not handed over yet are not included"
                            .formatted(
                                    observed.isPresent()
                                            ? " and from tomorrow on the mean of each hour of the day in the observed time"
                                            : ""));
        }
    }

    static ForecastView of(Contract.Signed contract, List<ForecastMonth> months, Method method, Instant asOf) {
        var total = Money.sum(
                months.stream()
                        .map(month -> month.charges().minus(month.credits()))
                        .toList(),
                contract.currency());
        return new ForecastView(contract.contract(), contract.tenant(), asOf, months, total, method);
    }
}
