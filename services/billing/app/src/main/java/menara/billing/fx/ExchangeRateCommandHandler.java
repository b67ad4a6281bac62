package menara.billing.fx;

import menara.billing.fx.ExchangeRateCommands.ApproveExchangeRate;
import menara.billing.fx.ExchangeRateCommands.ProposeExchangeRate;
import menara.eventstore.spring.CommandShell;
import menara.eventstore.spring.EventSourcedState;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sources an entered rate, decides and appends. */
@CommandShell
class ExchangeRateCommandHandler {

    @CommandHandler
    void handle(
            ProposeExchangeRate command, @InjectEntity(idProperty = "rate") ExchangeRate rate, EventAppender events) {
        events.append(ExchangeRateDecisions.decide(command, rate));
    }

    @CommandHandler
    void handle(
            ApproveExchangeRate command, @InjectEntity(idProperty = "rate") ExchangeRate rate, EventAppender events) {
        events.append(ExchangeRateDecisions.decide(command, rate));
    }

    @Configuration(proxyBeanMethods = false)
    static class State {

        @Bean
        EventSourcedState<ExchangeRateId, ExchangeRate, ExchangeRateEvent> exchangeRateState() {
            return EventSourcedState.taggedWith(
                    "exchange-rate",
                    ExchangeRateId.class,
                    ExchangeRate.class,
                    ExchangeRateEvent.class,
                    new ExchangeRate.None(),
                    ExchangeRate::evolve);
        }
    }
}
