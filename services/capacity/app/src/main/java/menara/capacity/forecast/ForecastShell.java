package menara.capacity.forecast;

import menara.capacity.campus.Campus;
import menara.capacity.ledger.Ledger;
import menara.eventstore.spring.CommandShell;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.modelling.annotation.InjectEntity;

@CommandShell
class ForecastShell {

    @CommandHandler
    Forecast.Result handle(
            FindForecast command,
            @InjectEntity(idProperty = "boundary") Campus campus,
            @InjectEntity(idProperty = "boundary") Ledger ledger) {
        return Forecast.of(campus, ledger, command.at(), command.from(), command.days(), command.weights());
    }
}
