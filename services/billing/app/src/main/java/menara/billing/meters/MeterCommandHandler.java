package menara.billing.meters;

import menara.billing.meters.MeterCommands.DefineMeter;
import menara.eventstore.spring.CommandShell;
import menara.eventstore.spring.EventSourcedState;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sources a meter, decides and appends. */
@CommandShell
class MeterCommandHandler {

    @CommandHandler
    void handle(DefineMeter command, @InjectEntity MeterDefinition definition, EventAppender events) {
        events.append(MeterDecisions.decide(command, definition));
    }

    @Configuration(proxyBeanMethods = false)
    static class State {

        @Bean
        EventSourcedState<MeterCode, MeterDefinition, MeterEvent> meterState() {
            return EventSourcedState.taggedWith(
                    "meter",
                    MeterCode.class,
                    MeterDefinition.class,
                    MeterEvent.class,
                    new MeterDefinition.Undefined(),
                    MeterDefinition::evolve);
        }
    }
}
