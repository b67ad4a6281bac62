package menara.billing.clearance;

import menara.billing.clearance.ClearanceCommands.RecordAnswer;
import menara.billing.clearance.ClearanceCommands.RecordSubmission;
import menara.eventstore.spring.CommandShell;
import menara.eventstore.spring.EventSourcedState;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sources where a document stands at the authority, decides and appends. */
@CommandShell
class ClearanceCommandHandler {

    @CommandHandler
    void handle(
            RecordSubmission command, @InjectEntity(idProperty = "number") Clearance clearance, EventAppender events) {
        events.append(ClearanceDecisions.decide(command, clearance));
    }

    @CommandHandler
    void handle(RecordAnswer command, @InjectEntity(idProperty = "number") Clearance clearance, EventAppender events) {
        events.append(ClearanceDecisions.decide(command, clearance));
    }

    @Configuration(proxyBeanMethods = false)
    static class State {

        @Bean
        EventSourcedState<DocumentNumber, Clearance, ClearanceEvent> clearanceState() {
            return EventSourcedState.taggedWith(
                    "clearance",
                    DocumentNumber.class,
                    Clearance.class,
                    ClearanceEvent.class,
                    new Clearance.None(),
                    Clearance::evolve);
        }
    }
}
