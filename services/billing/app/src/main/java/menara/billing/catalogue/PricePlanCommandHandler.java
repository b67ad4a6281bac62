package menara.billing.catalogue;

import menara.billing.catalogue.PricePlanCommands.PublishPricePlanVersion;
import menara.eventstore.spring.CommandShell;
import menara.eventstore.spring.EventSourcedState;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sources a price plan, decides and appends. */
@CommandShell
class PricePlanCommandHandler {

    @CommandHandler
    void handle(PublishPricePlanVersion command, @InjectEntity PricePlan plan, EventAppender events) {
        events.append(PricePlanDecisions.decide(command, plan));
    }

    @Configuration(proxyBeanMethods = false)
    static class State {

        @Bean
        EventSourcedState<PricePlanId, PricePlan, PricePlanEvent> pricePlanState() {
            return EventSourcedState.taggedWith(
                    "plan",
                    PricePlanId.class,
                    PricePlan.class,
                    PricePlanEvent.class,
                    new PricePlan.Unpublished(),
                    PricePlanDecisions::evolve);
        }
    }
}
