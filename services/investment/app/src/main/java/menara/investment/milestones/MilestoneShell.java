package menara.investment.milestones;

import menara.platform.eventsourcing.CommandShell;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;

@CommandShell
final class MilestoneShell {

    @CommandHandler
    void handle(
            SetMilestone command,
            @InjectEntity(idProperty = "milestone") Milestone milestone,
            @InjectEntity(idProperty = "phase") PhaseProgress progress,
            EventAppender events) {
        events.append(MilestoneDecisions.decide(command, milestone, progress));
    }

    @CommandHandler
    void handle(
            CountRack command,
            @InjectEntity(idProperty = "rack") RackTally tally,
            @InjectEntity(idProperty = "phase") PhaseProgress progress,
            EventAppender events) {
        events.append(MilestoneDecisions.decide(command, tally, progress));
    }
}
