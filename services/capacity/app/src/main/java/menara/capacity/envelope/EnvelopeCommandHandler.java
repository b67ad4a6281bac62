package menara.capacity.envelope;

import java.util.List;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Campus;
import menara.capacity.envelope.EnvelopeCommands.ClassifyPhase;
import menara.capacity.envelope.EnvelopeCommands.CommissionPower;
import menara.capacity.envelope.EnvelopeCommands.PlanPhase;
import menara.capacity.envelope.EnvelopeCommands.RegisterHall;
import menara.capacity.ledger.Ledger;
import menara.eventstore.spring.CommandShell;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;

/** Sources the layout, decides, appends. */
@CommandShell
class EnvelopeCommandHandler {

    @CommandHandler
    Campus handle(PlanPhase command, @InjectEntity(idProperty = "boundary") Campus layout, EventAppender appender) {
        return append(EnvelopeDecisions.decide(command, layout), layout, appender);
    }

    @CommandHandler
    Campus handle(
            CommissionPower command, @InjectEntity(idProperty = "boundary") Campus layout, EventAppender appender) {
        return append(EnvelopeDecisions.decide(command, layout), layout, appender);
    }

    @CommandHandler
    Campus handle(RegisterHall command, @InjectEntity(idProperty = "boundary") Campus layout, EventAppender appender) {
        return append(EnvelopeDecisions.decide(command, layout), layout, appender);
    }

    @CommandHandler
    Campus handle(
            ClassifyPhase command,
            @InjectEntity(idProperty = "boundary") Campus campus,
            @InjectEntity(idProperty = "boundary") Ledger ledger,
            EventAppender appender) {
        return append(EnvelopeDecisions.decide(command, campus, ledger), campus, appender);
    }

    private static Campus append(List<CampusEvent> events, Campus layout, EventAppender appender) {
        appender.append(events);
        var next = layout;
        for (var event : events) {
            next = next.evolve(event);
        }
        return next;
    }
}
