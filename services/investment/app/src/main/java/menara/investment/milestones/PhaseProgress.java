package menara.investment.milestones;

import java.util.HashMap;
import java.util.Map;

/**
 * How far a phase has come.
 *
 * @param energisedGpus GPUs energised so far, each rack counted once
 * @param pending targets of the milestones not reached yet, in GPUs
 */
record PhaseProgress(int energisedGpus, Map<MilestoneId, Integer> pending) {

    static final PhaseProgress NONE = new PhaseProgress(0, Map.of());

    PhaseProgress {
        pending = Map.copyOf(pending);
    }

    static PhaseProgress evolve(PhaseProgress progress, MilestoneEvent event) {
        return switch (event) {
            case RackCounted counted -> new PhaseProgress(counted.energisedGpus(), progress.pending());
            case MilestoneSet set -> {
                var pending = new HashMap<>(progress.pending());
                pending.put(set.milestone(), set.targetGpus());
                yield new PhaseProgress(progress.energisedGpus(), pending);
            }
            case MilestoneReached reached -> {
                var pending = new HashMap<>(progress.pending());
                pending.remove(reached.milestone());
                yield new PhaseProgress(progress.energisedGpus(), pending);
            }
        };
    }
}
