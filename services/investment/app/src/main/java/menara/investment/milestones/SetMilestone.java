package menara.investment.milestones;

import java.time.Instant;
import menara.values.PhaseId;

/** Give a phase a milestone: a number of GPUs energised. */
record SetMilestone(MilestoneId milestone, PhaseId phase, int targetGpus, Instant at) {}
