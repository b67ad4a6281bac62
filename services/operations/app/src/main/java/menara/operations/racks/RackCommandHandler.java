package menara.operations.racks;

import menara.eventstore.spring.CommandShell;
import menara.eventstore.spring.EventSourcedState;
import menara.operations.racks.RackCommands.EnergiseRacks;
import menara.values.NodeId;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sources a hall, decides, appends. */
@CommandShell
class RackCommandHandler {

    @CommandHandler
    EnergisationResult handle(EnergiseRacks command, @InjectEntity HallPower hall, EventAppender appender) {
        var events = RackDecisions.decide(command, hall);
        appender.append(events);
        var after = hall;
        for (var event : events) {
            after = after.evolve(event);
        }
        return RackDecisions.result(command, after);
    }

    @Configuration(proxyBeanMethods = false)
    static class State {

        @Bean
        EventSourcedState<NodeId, HallPower, RackEvent> hallPower() {
            return EventSourcedState.taggedWith(
                    "hall", NodeId.class, HallPower.class, RackEvent.class, HallPower.DARK, HallPower::evolve);
        }
    }
}
