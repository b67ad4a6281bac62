package menara.investment.milestones;

import java.time.Instant;
import menara.values.PhaseId;
import org.jspecify.annotations.Nullable;

/**
 * A milestone as it is shown.
 *
 * @param target GPUs that must be energised in the phase
 * @param energised GPUs energised in the phase so far
 * @param state {@code pending} or {@code reached}
 * @param reachedAt when its condition was met, null while it is pending
 */
record MilestoneView(
        MilestoneId milestone,
        PhaseId phase,
        MilestoneKind kind,
        int target,
        int energised,
        String state,
        @Nullable Instant reachedAt) {

    static MilestoneView pending(MilestoneId milestone, PhaseId phase, int target, int energised) {
        return new MilestoneView(milestone, phase, MilestoneKind.GPUS_ENERGISED, target, energised, "pending", null);
    }

    static MilestoneView reached(MilestoneId milestone, PhaseId phase, int target, int energised, Instant at) {
        return new MilestoneView(milestone, phase, MilestoneKind.GPUS_ENERGISED, target, energised, "reached", at);
    }
}
