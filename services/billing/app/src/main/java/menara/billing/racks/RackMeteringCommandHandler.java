package menara.billing.racks;

import menara.billing.racks.RackMeteringCommands.StartRackMetering;
import menara.billing.racks.RackMeteringCommands.StopRackMetering;
import menara.eventstore.spring.CommandShell;
import menara.eventstore.spring.EventSourcedState;
import menara.values.ReservationId;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sources the metering of a reservation's racks, decides and appends. */
@CommandShell
class RackMeteringCommandHandler {

    @CommandHandler
    void handle(StartRackMetering command, @InjectEntity RackMetering metering, EventAppender events) {
        events.append(RackMeteringDecisions.decide(command, metering));
    }

    @CommandHandler
    void handle(StopRackMetering command, @InjectEntity RackMetering metering, EventAppender events) {
        events.append(RackMeteringDecisions.decide(command, metering));
    }

    @Configuration(proxyBeanMethods = false)
    static class State {

        @Bean
        EventSourcedState<ReservationId, RackMetering, RackMeteringEvent> rackMeteringState() {
            return EventSourcedState.taggedWith(
                    "reservation",
                    ReservationId.class,
                    RackMetering.class,
                    RackMeteringEvent.class,
                    new RackMetering.NotStarted(),
                    RackMetering::evolve);
        }
    }
}
