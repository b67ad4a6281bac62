package menara.investment.milestones;

import menara.eventstore.spring.EventSourcedState;
import menara.values.PhaseId;
import menara.values.RackId;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The boundaries around a milestone, around the progress of a phase, and around a rack that counts once. */
@Configuration(proxyBeanMethods = false)
class MilestoneConfiguration {

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
                "rack", RackId.class, RackTally.class, MilestoneEvent.class, RackTally.NOT_COUNTED, RackTally::evolve);
    }
}
