package menara.billing.forecast;

import menara.billing.forecast.ForecastCommands.ReviseForecast;
import menara.eventstore.spring.CommandShell;
import menara.eventstore.spring.EventSourcedState;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sources a forecast, decides and appends. */
@CommandShell
class ForecastCommandHandler {

    @CommandHandler
    void handle(ReviseForecast command, @InjectEntity Forecast forecast, EventAppender events) {
        events.append(ForecastDecisions.decide(command, forecast));
    }

    @Configuration(proxyBeanMethods = false)
    static class State {

        @Bean
        EventSourcedState<Forecast.ForecastId, Forecast, ForecastEvent> forecastState() {
            return EventSourcedState.taggedWith(
                    "forecast",
                    Forecast.ForecastId.class,
                    Forecast.class,
                    ForecastEvent.class,
                    new Forecast.None(),
                    Forecast::evolve);
        }
    }
}
