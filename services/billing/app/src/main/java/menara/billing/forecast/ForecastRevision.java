package menara.billing.forecast;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import menara.billing.contracts.Contract;
import menara.billing.forecast.ForecastCommands.ReviseForecast;
import menara.billing.reassessment.ReassessmentListener;
import menara.eventstore.spring.Commands;
import org.springframework.stereotype.Component;

/** Publishes the forecast of a contract again if it differs, after its credits were reassessed. */
@Component
class ForecastRevision implements ReassessmentListener {

    private final Forecasts forecasts;
    private final Commands commands;
    private final Clock clock;

    ForecastRevision(Forecasts forecasts, Commands commands, Clock clock) {
        this.forecasts = forecasts;
        this.commands = commands;
        this.clock = clock;
    }

    @Override
    public void creditsReassessed(Contract.Signed contract) {
        var at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        commands.send(new ReviseForecast(
                new Forecast.ForecastId(contract.contract()),
                contract.tenant(),
                contract.currency(),
                forecasts.of(contract, at).months(),
                at));
    }
}
