package menara.investment.milestones;

import java.time.Instant;
import menara.values.PhaseId;
import menara.values.RackId;

/** Commands of people and policies to milestones. */
sealed interface MilestoneCommands {

    /** Give a phase a milestone: a number of GPUs energised. */
    record SetMilestone(MilestoneId milestone, PhaseId phase, int targetGpus, Instant at)
            implements MilestoneCommands {}

    /** Count an energised rack towards the milestones of its phase. */
    record CountRack(RackId rack, PhaseId phase, int gpus, Instant energisedAt) implements MilestoneCommands {}
}
