package menara.billing.forecast;

import java.util.List;
import menara.billing.forecast.ForecastCommands.ReviseForecast;

/** Whether a forecast differs from the last one. */
final class ForecastDecisions {

    private ForecastDecisions() {}

    static List<ForecastEvent> decide(ReviseForecast command, Forecast forecast) {
        return switch (forecast) {
            case Forecast.Known known when known.months().equals(command.months()) -> List.of();
            case Forecast.Known _, Forecast.None _ ->
                List.of(new RevenueForecastChanged(
                        command.forecast().contract(),
                        command.tenant(),
                        command.currency(),
                        command.months(),
                        command.at()));
        };
    }
}
