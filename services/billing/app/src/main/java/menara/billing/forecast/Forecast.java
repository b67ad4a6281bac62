package menara.billing.forecast;

import java.util.List;
import menara.values.ContractId;

/** The forecast of a contract's revenue as it was last published. */
sealed interface Forecast {

    record None() implements Forecast {}

    record Known(List<ForecastMonth> months) implements Forecast {}

    /** A contract has one forecast; its id is the contract's, but its history is its own. */
    record ForecastId(ContractId contract) {
        @Override
        public String toString() {
            return contract.toString();
        }
    }

    static Forecast evolve(Forecast forecast, ForecastEvent event) {
        return switch (event) {
            case RevenueForecastChanged e -> new Known(e.months());
        };
    }
}
