package menara.investment.milestones;

import menara.eventstore.spring.CommandShell;
import menara.eventstore.spring.EventSourcedState;
import menara.investment.milestones.MilestoneCommands.CountRack;
import menara.investment.milestones.MilestoneCommands.SetMilestone;
import menara.values.PhaseId;
import menara.values.RackId;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sources a milestone or a rack with the progress of its phase, decides, appends. */
@CommandShell
final class MilestoneCommandHandler {

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

    private static MilestoneView view(MilestoneId id, Milestone milestone, int energisedGpus) {
        return switch (milestone) {
            case Milestone.Pending(var phase, int targetGpus) ->
                MilestoneView.pending(id, phase, targetGpus, energisedGpus);
            case Milestone.Reached(var phase, int targetGpus, var at) ->
                MilestoneView.reached(id, phase, targetGpus, energisedGpus, at);
            case Milestone.Unknown _ -> throw new IllegalStateException("milestone %s was just set".formatted(id));
        };
    }

    @Configuration(proxyBeanMethods = false)
    static class State {

        @Bean
        EventSourcedState<MilestoneId, Milestone, MilestoneEvent> milestoneState() {
            return EventSourcedState.taggedWith(
                    "milestone",
                    MilestoneId.class,
                    Milestone.class,
                    MilestoneEvent.class,
                    new Milestone.Unknown(),
                    Milestone::evolve);
        }

        @Bean
        EventSourcedState<PhaseId, PhaseProgress, MilestoneEvent> phaseProgressState() {
            return EventSourcedState.taggedWith(
                    "phase",
                    PhaseId.class,
                    PhaseProgress.class,
                    MilestoneEvent.class,
                    PhaseProgress.NONE,
                    PhaseProgress::evolve);
        }

        @Bean
        EventSourcedState<RackId, RackTally, MilestoneEvent> rackTallyState() {
            return EventSourcedState.taggedWith(
                    "rack",
                    RackId.class,
                    RackTally.class,
                    MilestoneEvent.class,
                    RackTally.NOT_COUNTED,
                    RackTally::evolve);
        }
    }
}
