package menara.operations.racks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import menara.operations.racks.RackCommands.EnergiseRacks;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.RackId;
import menara.values.refusals.InvalidField;
import org.junit.jupiter.api.Test;

class RackDecisionsTest {

    private static final NodeId HALL = new NodeId("hall-1");
    private static final PhaseId PHASE = new PhaseId("phase-1");
    private static final UUID STEP = new UUID(2, 1);
    private static final UUID OTHER_STEP = new UUID(2, 2);
    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    private static final Instant EARLIER = Instant.parse("2026-03-10T11:00:00Z");

    @Test
    void energising_dark_racks_energises_each_of_them() {
        var events = RackDecisions.decide(energise(EARLIER, "r1", "r2"), HallPower.DARK);

        assertThat(events).containsExactly(energised("r1"), energised("r2"));
    }

    @Test
    void energising_a_rack_twice_changes_nothing() {
        var hall = HallPower.DARK.evolve(energised("r1", OTHER_STEP));

        assertThat(RackDecisions.decide(energise(NOW, "r1"), hall)).isEmpty();
    }

    @Test
    void energising_a_hall_energises_only_its_dark_racks() {
        var hall = HallPower.DARK.evolve(energised("r1", OTHER_STEP));

        assertThat(RackDecisions.decide(energise(EARLIER, "r1", "r2"), hall)).containsExactly(energised("r2"));
    }

    @Test
    void a_step_taken_before_energises_nothing_and_is_answered_as_it_was() {
        var before = HallPower.DARK.evolve(energised("r1", OTHER_STEP));
        var command = energise(EARLIER, "r1", "r2");
        var events = RackDecisions.decide(command, before);
        var after = before.evolve(events.getFirst()).evolve(energised("r3", OTHER_STEP));

        assertThat(RackDecisions.result(command, after)).isEqualTo(new EnergisationResult(2, 1));
        assertThat(RackDecisions.decide(command, after)).isEmpty();
    }

    @Test
    void energising_in_the_future_is_refused_naming_the_field() {
        var command = energise(NOW.plusSeconds(1), "r1");

        assertThatThrownBy(() -> RackDecisions.decide(command, HallPower.DARK))
                .isInstanceOfSatisfying(
                        InvalidField.class, e -> assertThat(e.field()).isEqualTo("energisedAt"));
    }

    @Test
    void a_hall_keeps_all_racks_it_ever_energised() {
        var hall = HallPower.DARK.evolve(energised("r1")).evolve(energised("r2"));

        assertThat(hall.energised().keySet()).isEqualTo(Set.of(new RackId("r1"), new RackId("r2")));
    }

    private static EnergiseRacks energise(Instant energisedAt, String... racks) {
        var dark = List.of(racks).stream()
                .map(rack -> new Rack(new RackId(rack), HALL, PHASE, 72, null))
                .toList();
        return new EnergiseRacks(HALL, dark, energisedAt, STEP, NOW);
    }

    private static RackEnergised energised(String rack) {
        return energised(rack, STEP);
    }

    private static RackEnergised energised(String rack, UUID step) {
        return new RackEnergised(new RackId(rack), HALL, PHASE, 72, EARLIER, step, NOW);
    }
}
