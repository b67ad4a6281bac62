package menara.investment.milestones;

import java.time.Instant;
import menara.values.PhaseId;
import org.jspecify.annotations.Nullable;

/**
 * A milestone as it is shown.
 *
 * @param targetGpus GPUs that must be energised in the phase
 * @param energisedGpus GPUs energised in the phase so far
 * @param state {@code pending} or {@code reached}
 * @param reachedAt when its condition was met, null while it is pending
 */
record MilestoneView(
        MilestoneId milestone,
        PhaseId phase,
        MilestoneKind kind,
        int targetGpus,
        int energisedGpus,
        String state,
        @Nullable Instant reachedAt) {

    static MilestoneView pending(MilestoneId milestone, PhaseId phase, int targetGpus, int energisedGpus) {
        return new MilestoneView(
                milestone, phase, MilestoneKind.GPUS_ENERGISED, targetGpus, energisedGpus, "pending", null);
    }

    static MilestoneView reached(MilestoneId milestone, PhaseId phase, int targetGpus, int energisedGpus, Instant at) {
        return new MilestoneView(
                milestone, phase, MilestoneKind.GPUS_ENERGISED, targetGpus, energisedGpus, "reached", at);
    }
}
