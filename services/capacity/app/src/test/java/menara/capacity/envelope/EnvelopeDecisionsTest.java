package menara.capacity.envelope;

import static menara.capacity.campus.Scenes.NVL72;
import static menara.capacity.campus.Scenes.after;
import static menara.capacity.campus.Scenes.day;
import static menara.capacity.campus.Scenes.small;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import menara.capacity.boundary.CampusEvent;
import menara.capacity.campus.Campus;
import menara.capacity.envelope.EnvelopeCommands.CommissionPower;
import menara.capacity.envelope.EnvelopeCommands.PlanPhase;
import menara.capacity.envelope.EnvelopeCommands.RegisterHall;
import menara.capacity.layout.HallRegistered;
import menara.capacity.layout.PhasePlanned;
import menara.capacity.layout.PowerCommissioned;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.refusals.InvalidField;
import menara.values.refusals.NotFound;
import menara.values.refusals.RuleViolated;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class EnvelopeDecisionsTest {

    private static final PhaseId P1 = new PhaseId("p1");
    private static final UUID RELEASE = new UUID(0, 1);

    @Test
    void a_new_phase_is_planned() {
        assertThat(plan("p1", "Phase p1", NVL72, Campus.EMPTY))
                .containsExactly(new PhasePlanned(P1, "Phase p1", NVL72, LocalDate.of(2026, 1, 1), day(0)));
    }

    @Test
    void planning_the_same_phase_again_changes_nothing_and_with_other_terms_is_refused() {
        assertThat(plan("p1", "Phase p1", NVL72.times(4), small())).isEmpty();
        assertRule("phase-exists", () -> plan("p1", "Phase p1", NVL72, small()));
    }

    @Test
    void two_nodes_cannot_have_the_same_name() {
        assertRule("node-exists", () -> plan("h1", "A phase", NVL72, small()));
        assertRule("node-exists", () -> plan("a", "A phase", NVL72, small()));
        assertRule("node-exists", () -> register("p1", "p1", NVL72));
    }

    @Test
    void released_power_adds_up() {
        assertThat(release("p1", NVL72))
                .containsExactly(new PowerCommissioned(P1, RELEASE, NVL72, NVL72.times(4), day(5), day(0)));
    }

    @Test
    void the_same_release_counts_once() {
        var command = new CommissionPower(RELEASE, P1, NVL72, day(5), day(0));
        var released = after(small(), EnvelopeDecisions.decide(command, small()));

        assertThat(EnvelopeDecisions.decide(command, released)).isEmpty();
    }

    @Test
    void more_than_planned_cannot_be_released() {
        assertRule("release-above-plan", () -> release("p1", NVL72.plus(Power.watts(1))));
    }

    @Test
    void power_of_an_unknown_phase_cannot_be_released() {
        assertThatThrownBy(() -> release("p9", NVL72)).isInstanceOf(NotFound.class);
    }

    @Test
    void a_new_hall_is_registered_once() {
        assertThat(register("h3", "p1", NVL72))
                .containsExactly(new HallRegistered(new NodeId("h3"), P1, NVL72, day(0)));
        assertThat(register("h1", "p1", NVL72.times(2))).isEmpty();
        assertRule("hall-exists", () -> register("h1", "p1", NVL72));
    }

    @Test
    void a_hall_of_an_unknown_phase_names_the_field() {
        assertThatThrownBy(() -> register("h3", "p9", NVL72))
                .isInstanceOfSatisfying(
                        InvalidField.class, e -> assertThat(e.field()).isEqualTo("phase"));
    }

    @Test
    void a_hall_cannot_carry_more_than_its_phase() {
        assertRule("limit-above-parent", () -> register("h3", "p1", NVL72.times(5)));
    }

    private static List<CampusEvent> plan(String phase, String name, Power planned, Campus layout) {
        return EnvelopeDecisions.decide(
                new PlanPhase(new PhaseId(phase), name, planned, LocalDate.of(2026, 1, 1), day(0)), layout);
    }

    private static List<CampusEvent> release(String phase, Power power) {
        return EnvelopeDecisions.decide(
                new CommissionPower(RELEASE, new PhaseId(phase), power, day(5), day(0)), small());
    }

    private static List<CampusEvent> register(String hall, String phase, Power limit) {
        return EnvelopeDecisions.decide(new RegisterHall(new NodeId(hall), new PhaseId(phase), limit, day(0)), small());
    }

    private static void assertRule(String rule, ThrowingCallable decision) {
        assertThatThrownBy(decision)
                .isInstanceOfSatisfying(
                        RuleViolated.class, e -> assertThat(e.rule()).isEqualTo(rule));
    }
}
