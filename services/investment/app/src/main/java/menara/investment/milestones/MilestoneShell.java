package menara.investment.milestones;

import menara.eventstore.spring.CommandShell;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;

@CommandShell
final class MilestoneShell {

    @CommandHandler
    MilestoneView handle(
            SetMilestone command,
            @InjectEntity(idProperty = "milestone") Milestone milestone,
            @InjectEntity(idProperty = "phase") PhaseProgress progress,
            EventAppender events) {
        var decided = MilestoneDecisions.decide(command, milestone, progress);
        events.append(decided);
        var next = decided.stream().reduce(milestone, Milestone::evolve, (earlier, _) -> earlier);
        return view(command.milestone(), next, progress.energisedGpus());
    }

    @CommandHandler
    void handle(
            CountRack command,
            @InjectEntity(idProperty = "rack") RackTally tally,
            @InjectEntity(idProperty = "phase") PhaseProgress progress,
            EventAppender events) {
        events.append(MilestoneDecisions.decide(command, tally, progress));
    }

    private static MilestoneView view(MilestoneId id, Milestone milestone, int energised) {
        return switch (milestone) {
            case Milestone.Pending(var phase, int target) -> MilestoneView.pending(id, phase, target, energised);
            case Milestone.Reached(var phase, int target, var at) ->
                MilestoneView.reached(id, phase, target, energised, at);
            case Milestone.Unknown _ -> throw new IllegalStateException("milestone %s was just set".formatted(id));
        };
    }
}
