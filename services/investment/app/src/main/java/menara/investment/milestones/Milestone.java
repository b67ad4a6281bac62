package menara.investment.milestones;

import java.time.Instant;
import menara.values.PhaseId;

/** What must stand in a phase before capital may be called for it: a number of GPUs energised. */
public sealed interface Milestone {

    /** Not set. */
    record Unknown() implements Milestone {}

    /** Set and not reached yet. */
    record Pending(PhaseId phase, int targetGpus) implements Milestone {}

    /** Its condition was met, for good. */
    record Reached(PhaseId phase, int targetGpus, Instant reachedAt) implements Milestone {}

    static Milestone evolve(Milestone milestone, MilestoneEvent event) {
        return switch (event) {
            case MilestoneSet set -> new Pending(set.phase(), set.targetGpus());
            case MilestoneReached reached ->
                switch (milestone) {
                    case Pending pending -> new Reached(pending.phase(), pending.targetGpus(), reached.reachedAt());
                    case Reached _, Unknown _ -> milestone;
                };
            case RackCounted _ -> milestone;
        };
    }
}
