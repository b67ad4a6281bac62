package menara.capacity.risk;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Derating;
import menara.capacity.events.CampusEvent;
import menara.capacity.ledger.Ledger;
import menara.eventstore.spring.CommandShell;
import menara.platform.web.NotFound;
import menara.values.PhaseId;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;

@CommandShell
class RiskShell {

    /**
     * How things stand after a decision.
     *
     * @param atRisk in the order in which they were promised
     */
    record Outlook(Campus campus, List<Risk.AtRisk> atRisk) {

        /** @throws NotFound if its restoration is repeated so long after it was over that it is forgotten */
        Derating derating(UUID derating) {
            var found = campus.deratings().get(derating);
            if (found == null) {
                throw new NotFound("derating", derating);
            }
            return found;
        }

        LocalDate plannedFrom(PhaseId phase) {
            return campus.phase(phase).orElseThrow().plannedFrom();
        }
    }

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

    @CommandHandler
    Outlook handle(
            FindRisks command,
            @InjectEntity(idProperty = "boundary") Campus campus,
            @InjectEntity(idProperty = "boundary") Ledger ledger) {
        return new Outlook(campus, Risk.assess(campus, ledger, command.at()));
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
        return new Outlook(after, Risk.assess(after, told, at));
    }
}
