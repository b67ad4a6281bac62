package menara.investment.milestones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import menara.investment.milestones.Milestone.Pending;
import menara.investment.milestones.Milestone.Reached;
import menara.investment.milestones.Milestone.Unknown;
import menara.investment.milestones.MilestoneCommands.CountRack;
import menara.investment.milestones.MilestoneCommands.SetMilestone;
import menara.values.PhaseId;
import menara.values.RackId;
import menara.values.refusals.InvalidField;
import menara.values.refusals.RuleViolated;
import org.junit.jupiter.api.Test;

class MilestoneDecisionsTest {

    private static final MilestoneId FIRST = new MilestoneId("first-racks");
    private static final MilestoneId HALF = new MilestoneId("half");
    private static final PhaseId PHASE = new PhaseId("phase-1");
    private static final RackId RACK = new RackId("r-1");
    private static final Instant NOW = Instant.parse("2026-11-02T09:00:00Z");
    private static final Instant ENERGISED = Instant.parse("2026-11-01T00:00:00Z");

    @Test
    void setting_a_milestone_appends_milestone_set() {
        assertThat(MilestoneDecisions.decide(set(144), new Unknown(), PhaseProgress.NONE))
                .containsExactly(new MilestoneSet(FIRST, PHASE, 144, NOW));
    }

    @Test
    void a_milestone_set_after_its_racks_were_energised_is_reached_at_once() {
        assertThat(MilestoneDecisions.decide(set(144), new Unknown(), new PhaseProgress(144, Map.of())))
                .containsExactly(
                        new MilestoneSet(FIRST, PHASE, 144, NOW), new MilestoneReached(FIRST, PHASE, 144, NOW));
    }

    @Test
    void the_same_milestone_twice_is_set_once() {
        assertThat(MilestoneDecisions.decide(set(144), new Pending(PHASE, 144), PhaseProgress.NONE))
                .isEmpty();
        assertThat(MilestoneDecisions.decide(set(144), new Reached(PHASE, 144, NOW), PhaseProgress.NONE))
                .isEmpty();
    }

    @Test
    void a_milestone_cannot_be_moved() {
        assertThatThrownBy(() -> MilestoneDecisions.decide(set(145), new Pending(PHASE, 144), PhaseProgress.NONE))
                .isInstanceOfSatisfying(
                        RuleViolated.class,
                        refusal -> assertThat(refusal.rule()).isEqualTo("milestone-differs"));
        assertThatThrownBy(() -> MilestoneDecisions.decide(
                        set(144), new Pending(new PhaseId("phase-2"), 144), PhaseProgress.NONE))
                .isInstanceOf(RuleViolated.class);
    }

    @Test
    void a_target_outside_the_campus_is_refused() {
        for (int target : new int[] {0, -1, MilestoneDecisions.MOST_GPUS + 1}) {
            assertThatThrownBy(() -> MilestoneDecisions.decide(set(target), new Unknown(), PhaseProgress.NONE))
                    .isInstanceOfSatisfying(
                            InvalidField.class,
                            refusal -> assertThat(refusal.field()).isEqualTo("targetGpus"));
        }
    }

    @Test
    void a_rack_is_counted_with_the_total_of_its_phase() {
        var progress = new PhaseProgress(72, Map.of(FIRST, 200));

        assertThat(MilestoneDecisions.decide(count(), RackTally.NOT_COUNTED, progress))
                .containsExactly(new RackCounted(RACK, PHASE, 72, 144, ENERGISED));
    }

    @Test
    void a_rack_energised_again_is_not_counted_again() {
        assertThat(MilestoneDecisions.decide(count(), RackTally.COUNTED, new PhaseProgress(72, Map.of(FIRST, 144))))
                .isEmpty();
    }

    @Test
    void the_rack_that_meets_targets_reaches_each_of_them_when_it_was_energised() {
        var progress = new PhaseProgress(72, Map.of(HALF, 100, FIRST, 144, new MilestoneId("all"), 145));

        assertThat(MilestoneDecisions.decide(count(), RackTally.NOT_COUNTED, progress))
                .containsExactly(
                        new RackCounted(RACK, PHASE, 72, 144, ENERGISED),
                        new MilestoneReached(FIRST, PHASE, 144, ENERGISED),
                        new MilestoneReached(HALF, PHASE, 144, ENERGISED));
    }

    @Test
    void a_reached_milestone_is_not_reached_again() {
        var progress = PhaseProgress.evolve(
                new PhaseProgress(72, Map.of(FIRST, 72)), new MilestoneReached(FIRST, PHASE, 72, ENERGISED));

        assertThat(MilestoneDecisions.decide(count(), RackTally.NOT_COUNTED, progress))
                .containsExactly(new RackCounted(RACK, PHASE, 72, 144, ENERGISED));
    }

    private static SetMilestone set(int target) {
        return new SetMilestone(FIRST, PHASE, target, NOW);
    }

    private static CountRack count() {
        return new CountRack(RACK, PHASE, 72, ENERGISED);
    }
}
