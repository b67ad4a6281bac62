package menara.capacity.envelope;

import menara.capacity.campus.Campus;
import menara.platform.eventsourcing.CommandShell;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;

@CommandShell
class EnvelopeShell {

    @CommandHandler
    void handle(PlanPhase command, @InjectEntity(idProperty = "boundary") Campus layout, EventAppender appender) {
        appender.append(EnvelopeDecisions.decide(command, layout));
    }

    @CommandHandler
    void handle(ReleasePower command, @InjectEntity(idProperty = "boundary") Campus layout, EventAppender appender) {
        appender.append(EnvelopeDecisions.decide(command, layout));
    }

    @CommandHandler
    void handle(RegisterHall command, @InjectEntity(idProperty = "boundary") Campus layout, EventAppender appender) {
        appender.append(EnvelopeDecisions.decide(command, layout));
    }
}
