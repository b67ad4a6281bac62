package menara.billing.projections;

import java.time.Instant;
import java.util.Currency;
import java.util.List;
import menara.values.ContractId;
import menara.values.TenantId;
import org.axonframework.modelling.annotation.TargetEntityId;

/** The forecast of a contract's revenue as it was last made known. */
sealed interface Forecast {

    record None() implements Forecast {}

    record Known(List<ForecastMonth> months) implements Forecast {}

    /** Make a forecast known if it differs from the last one. */
    record ReviseForecast(
            @TargetEntityId ForecastId forecast,
            TenantId tenant,
            Currency currency,
            List<ForecastMonth> months,
            Instant at) {}

    /** A contract has one forecast; its id is the contract's, but its history is its own. */
    record ForecastId(ContractId contract) {
        @Override
        public String toString() {
            return contract.toString();
        }
    }

    static List<ForecastEvent> decide(ReviseForecast command, Forecast forecast) {
        return switch (forecast) {
            case Known known when known.months().equals(command.months()) -> List.of();
            case Known _, None _ ->
                List.of(new ForecastRevised(
                        command.forecast().contract(),
                        command.tenant(),
                        command.currency(),
                        command.months(),
                        command.at()));
        };
    }

    static Forecast evolve(Forecast forecast, ForecastEvent event) {
        return switch (event) {
            case ForecastRevised e -> new Known(e.months());
        };
    }
}
