package menara.operations.incidents;

import java.util.List;
import menara.eventstore.spring.CommandShell;
import menara.eventstore.spring.EventSourcedState;
import menara.operations.incidents.IncidentCommands.CorrectIncident;
import menara.operations.incidents.IncidentCommands.OpenIncident;
import menara.operations.incidents.IncidentCommands.ResolveIncident;
import menara.values.IncidentId;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sources an incident, decides, appends, and answers with what the incident is then. */
@CommandShell
class IncidentCommandHandler {

    @CommandHandler
    Incident handle(OpenIncident command, @InjectEntity Incident incident, EventAppender appender) {
        return append(IncidentDecisions.decide(command, incident), incident, appender);
    }

    @CommandHandler
    Incident handle(ResolveIncident command, @InjectEntity Incident incident, EventAppender appender) {
        return append(IncidentDecisions.decide(command, incident), incident, appender);
    }

    @CommandHandler
    Incident handle(CorrectIncident command, @InjectEntity Incident incident, EventAppender appender) {
        return append(IncidentDecisions.decide(command, incident), incident, appender);
    }

    private static Incident append(List<IncidentEvent> events, Incident before, EventAppender appender) {
        appender.append(events);
        var after = before;
        for (var event : events) {
            after = Incident.evolve(after, event);
        }
        return after;
    }

    @Configuration(proxyBeanMethods = false)
    static class State {

        @Bean
        EventSourcedState<IncidentId, Incident, IncidentEvent> incident() {
            return EventSourcedState.taggedWith(
                    "incident",
                    IncidentId.class,
                    Incident.class,
                    IncidentEvent.class,
                    new Incident.None(),
                    Incident::evolve);
        }
    }
}
