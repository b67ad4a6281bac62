package menara.operations.availability;

import menara.eventstore.spring.CommandShell;
import menara.eventstore.spring.EventSourcedState;
import menara.operations.availability.AvailabilityCommands.MeasureAvailability;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sources what was measured of a month, decides, appends. */
@CommandShell
class AvailabilityCommandHandler {

    @CommandHandler
    void handle(MeasureAvailability command, @InjectEntity MeasuredMonth month, EventAppender appender) {
        appender.append(AvailabilityDecisions.decide(command, month));
    }

    @Configuration(proxyBeanMethods = false)
    static class State {

        @Bean
        EventSourcedState<ContractMonth, MeasuredMonth, AvailabilityEvent> measuredMonth() {
            return EventSourcedState.taggedWith(
                    "availability",
                    ContractMonth.class,
                    MeasuredMonth.class,
                    AvailabilityEvent.class,
                    new MeasuredMonth.None(),
                    MeasuredMonth::evolve);
        }
    }
}
