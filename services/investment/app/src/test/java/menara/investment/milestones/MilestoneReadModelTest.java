package menara.investment.milestones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import menara.investment.TestDatabase;
import menara.platform.documents.Paging;
import menara.values.PhaseId;
import menara.values.RackId;
import menara.values.refusals.InvalidField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MilestoneReadModelTest {

    private static final MilestoneId FIRST = new MilestoneId("first-racks");
    private static final MilestoneId SECOND = new MilestoneId("second-racks");
    private static final PhaseId PHASE = new PhaseId("phase-1");
    private static final Instant NOW = Instant.parse("2026-11-02T09:00:00Z");

    private final TestDatabase mongo = new TestDatabase();
    private final MilestoneReadModel documents = new MilestoneReadModel(mongo.database());

    @AfterEach
    void close() {
        mongo.close();
    }

    @Test
    void a_milestone_shows_how_far_its_phase_is_and_a_replay_changes_nothing() {
        for (int replay = 0; replay < 2; replay++) {
            documents.on(new MilestoneSet(FIRST, PHASE, 72, NOW));
            documents.on(new MilestoneSet(SECOND, PHASE, 100, NOW));
            documents.on(new RackCounted(new RackId("r-1"), PHASE, 72, 72, NOW));
            documents.on(new MilestoneReached(FIRST, PHASE, 72, NOW));
        }

        assertThat(documents.find(FIRST)).contains(MilestoneView.reached(FIRST, PHASE, 72, 72, NOW));
        assertThat(documents
                        .page(Paging.of(Optional.empty(), Optional.empty()), Optional.empty())
                        .items())
                .containsExactly(
                        MilestoneView.reached(FIRST, PHASE, 72, 72, NOW),
                        MilestoneView.pending(SECOND, PHASE, 100, 72));
        assertThat(inState("reached")).containsExactly(FIRST);
        assertThat(inState("pending")).containsExactly(SECOND);
        assertThatThrownBy(() -> inState("missed")).isInstanceOf(InvalidField.class);
    }

    private List<MilestoneId> inState(String state) {
        return documents.page(Paging.of(Optional.empty(), Optional.empty()), Optional.of(state)).items().stream()
                .map(MilestoneView::milestone)
                .toList();
    }

    @Test
    void a_milestone_nobody_set_is_not_there() {
        assertThat(documents.find(FIRST)).isEmpty();
    }
}
