package menara.capacity.risk;

import java.time.Instant;
import java.util.List;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Campus;
import menara.capacity.ledger.Ledger;
import menara.capacity.risk.RiskCommands.AssessRisk;
import menara.capacity.risk.RiskCommands.DeratePower;
import menara.capacity.risk.RiskCommands.PostponePhase;
import menara.capacity.risk.RiskCommands.RestorePower;
import menara.eventstore.spring.CommandShell;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;

/** Sources the campus and the ledger, decides, appends. */
@CommandShell
class RiskCommandHandler {

    @CommandHandler
    Outlook handle(
            DeratePower command,
            @InjectEntity(idProperty = "boundary") Campus campus,
            @InjectEntity(idProperty = "boundary") Ledger ledger,
            EventAppender appender) {
        return append(RiskDecisions.decide(command, campus, ledger), campus, ledger, command.at(), appender);
    }

    @CommandHandler
    Outlook handle(
            RestorePower command,
            @InjectEntity(idProperty = "boundary") Campus campus,
            @InjectEntity(idProperty = "boundary") Ledger ledger,
            EventAppender appender) {
        return append(RiskDecisions.decide(command, campus, ledger), campus, ledger, command.at(), appender);
    }

    @CommandHandler
    Outlook handle(
            PostponePhase command,
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
        var entered = ledger;
        for (var event : events) {
            after = after.evolve(event);
            entered = entered.evolve(event);
        }
        return Outlook.of(after, entered, at);
    }
}
