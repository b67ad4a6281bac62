package menara.billing.credits;

import menara.billing.credits.CreditCommands.AssessAvailability;
import menara.billing.credits.CreditCommands.ReassessCharges;
import menara.eventstore.spring.CommandShell;
import menara.eventstore.spring.EventSourcedState;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sources a credit, decides and appends. */
@CommandShell
class CreditCommandHandler {

    @CommandHandler
    void handle(AssessAvailability command, @InjectEntity Credit credit, EventAppender events) {
        events.append(CreditDecisions.decide(command, credit));
    }

    @CommandHandler
    void handle(ReassessCharges command, @InjectEntity Credit credit, EventAppender events) {
        events.append(CreditDecisions.decide(command, credit));
    }

    @Configuration(proxyBeanMethods = false)
    static class State {

        @Bean
        EventSourcedState<CreditId, Credit, CreditEvent> creditState() {
            return EventSourcedState.taggedWith(
                    "credit",
                    CreditId.class,
                    Credit.class,
                    CreditEvent.class,
                    new Credit.NotAssessed(),
                    CreditDecisions::evolve);
        }
    }
}
