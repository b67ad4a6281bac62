package menara.investment.milestones;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import menara.investment.milestones.MilestoneCommands.CountRack;
import menara.investment.milestones.MilestoneCommands.SetMilestone;
import menara.values.PhaseId;
import menara.values.refusals.InvalidField;
import menara.values.refusals.RuleViolated;

/** Decides on milestones. */
final class MilestoneDecisions {

    /** The campus holds fewer GPUs at full size (500 MW in NVL72 racks), so a larger figure is a typing error. */
    static final int MOST_GPUS = 247_896;

    private MilestoneDecisions() {}

    static List<MilestoneEvent> decide(SetMilestone command, Milestone milestone, PhaseProgress progress) {
        if (command.targetGpus() < 1 || command.targetGpus() > MOST_GPUS) {
            throw new InvalidField("targetGpus", "the target must be between 1 and %d GPUs".formatted(MOST_GPUS));
        }
        return switch (milestone) {
            case Milestone.Unknown _ -> set(command, progress);
            case Milestone.Pending pending -> unchanged(command, pending.phase(), pending.targetGpus());
            case Milestone.Reached reached -> unchanged(command, reached.phase(), reached.targetGpus());
        };
    }

    static List<MilestoneEvent> decide(CountRack command, RackTally tally, PhaseProgress progress) {
        return switch (tally) {
            case COUNTED -> List.of(); // energised again, or delivered twice
            case NOT_COUNTED -> {
                int total = Math.addExact(progress.energisedGpus(), command.gpus());
                var events = new ArrayList<MilestoneEvent>();
                events.add(
                        new RackCounted(command.rack(), command.phase(), command.gpus(), total, command.energisedAt()));
                progress.pending().entrySet().stream()
                        .filter(pending -> pending.getValue() <= total)
                        .map(pending -> reached(pending.getKey(), command.phase(), total, command.energisedAt()))
                        .sorted(Comparator.comparing(
                                reached -> reached.milestone().value()))
                        .forEach(events::add);
                yield List.copyOf(events);
            }
        };
    }

    private static List<MilestoneEvent> set(SetMilestone command, PhaseProgress progress) {
        var set = new MilestoneSet(command.milestone(), command.phase(), command.targetGpus(), command.at());
        // Racks may have been energised before the milestone was set.
        return progress.energisedGpus() < command.targetGpus()
                ? List.of(set)
                : List.of(set, reached(command.milestone(), command.phase(), progress.energisedGpus(), command.at()));
    }

    private static List<MilestoneEvent> unchanged(SetMilestone command, PhaseId phase, int targetGpus) {
        if (phase.equals(command.phase()) && targetGpus == command.targetGpus()) {
            return List.of(); // the request was repeated
        }
        throw new RuleViolated(
                "milestone-differs",
                "milestone %s is already set to %d GPUs in phase %s and partners rely on it; set a new one under another name"
                        .formatted(command.milestone(), targetGpus, phase));
    }

    private static MilestoneReached reached(MilestoneId milestone, PhaseId phase, int gpus, Instant at) {
        return new MilestoneReached(milestone, phase, gpus, at);
    }
}
