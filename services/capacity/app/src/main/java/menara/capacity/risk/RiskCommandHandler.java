package menara.capacity.risk;

import java.time.Instant;
import java.util.List;
import menara.capacity.campus.Campus;
import menara.capacity.events.CampusEvent;
import menara.capacity.ledger.Ledger;
import menara.capacity.risk.RiskCommands.AssessRisk;
import menara.capacity.risk.RiskCommands.DerateNode;
import menara.capacity.risk.RiskCommands.RestoreNode;
import menara.capacity.risk.RiskCommands.SlipPhase;
import menara.eventstore.spring.CommandShell;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;

/** Sources the campus and the ledger, decides, appends. */
@CommandShell
class RiskCommandHandler {

    @CommandHandler
    Outlook handle(
            DerateNode command,
            @InjectEntity(idProperty = "boundary") Campus campus,
            @InjectEntity(idProperty = "boundary") Ledger ledger,
            EventAppender appender) {
        return append(RiskDecisions.decide(command, campus, ledger), campus, ledger, command.at(), appender);
    }

    @CommandHandler
    Outlook handle(
            RestoreNode command,
            @InjectEntity(idProperty = "boundary") Campus campus,
            @InjectEntity(idProperty = "boundary") Ledger ledger,
            EventAppender appender) {
        return append(RiskDecisions.decide(command, campus, ledger), campus, ledger, command.at(), appender);
    }

    @CommandHandler
    Outlook handle(
            SlipPhase command,
            @InjectEntity(idProperty = "boundary") Campus campus,
            @InjectEntity(idProperty = "boundary") Ledger ledger,
            EventAppender appender) {
        return append(RiskDecisions.decide(command, campus, ledger), campus, ledger, command.at(), appender);
    }

    @CommandHandler
    Outlook handle(
            AssessRisk command,
            @InjectEntity(idProperty = "boundary") Campus campus,
            @InjectEntity(idProperty = "boundary") Ledger ledger,
            EventAppender appender) {
        return append(RiskDecisions.decide(command, campus, ledger), campus, ledger, command.at(), appender);
    }

    private static Outlook append(
            List<CampusEvent> events, Campus campus, Ledger ledger, Instant at, EventAppender appender) {
        appender.append(events);
        var after = campus;
        var told = ledger;
        for (var event : events) {
            after = after.evolve(event);
            told = told.evolve(event);
        }
        return Outlook.of(after, told, at);
    }
}
