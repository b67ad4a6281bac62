package menara.capacity.inventory;

import static menara.capacity.campus.Scenes.NVL72;
import static menara.capacity.campus.Scenes.after;
import static menara.capacity.campus.Scenes.campus;
import static menara.capacity.campus.Scenes.day;
import static menara.capacity.campus.Scenes.hall;
import static menara.capacity.campus.Scenes.phase;
import static menara.capacity.campus.Scenes.small;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import menara.capacity.campus.Campus;
import menara.capacity.inventory.ImportResult.RejectedRack;
import menara.capacity.inventory.InventoryCommands.RegisterRacks;
import menara.capacity.layout.RackRegistered;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.RackId;
import org.junit.jupiter.api.Test;

class InventoryDecisionsTest {

    @Test
    void a_new_rack_is_installed_in_its_hall_and_phase() {
        var decided = install(small(), line("e", "h2", 72, NVL72));

        assertThat(decided.events())
                .containsExactly(new RackRegistered(
                        new RackId("e"), new NodeId("h2"), new PhaseId("p1"), 72, "NVL72", NVL72, day(0)));
        assertThat(decided.result()).isEqualTo(new ImportResult(1, 0, List.of()));
    }

    @Test
    void importing_1213_racks_twice_installs_them_once() {
        var empty = campus(phase("p1", Power.megawatts(200)), hall("h1", "p1", Power.megawatts(200)));
        var lines = IntStream.range(0, 1_213)
                .mapToObj(i -> line("node-%04d".formatted(i), "h1", i % 9, NVL72))
                .toArray(RackLine[]::new);

        var first = install(empty, lines);
        var second = install(after(empty, first.events()), lines);

        assertThat(first.result()).isEqualTo(new ImportResult(1_213, 0, List.of()));
        assertThat(second.events()).isEmpty();
        assertThat(second.result()).isEqualTo(new ImportResult(0, 1_213, List.of()));
    }

    @Test
    void a_bad_rack_is_reported_and_the_rest_is_imported() {
        var decided = install(
                small(),
                line("e", "h9", 72, NVL72),
                line("f", "h1", 72, NVL72),
                line("a", "h1", 8, NVL72),
                line("p1", "h1", 72, NVL72),
                line("g", "h1", -1, NVL72),
                line("h", "h1", 72, Power.ZERO),
                line("i", "h1", 72, NVL72.times(3)));

        assertThat(decided.events()).hasSize(1);
        assertThat(decided.result())
                .isEqualTo(new ImportResult(
                        1,
                        0,
                        List.of(
                                rejected(0, "e", "there is no hall h9; register it first"),
                                rejected(
                                        2,
                                        "a",
                                        "rack a is in the inventory already with other content: hall h1, 72 GPUs, model NVL72, planned power 132 kW"),
                                rejected(3, "p1", "another node of the campus is named p1"),
                                rejected(4, "g", "gpus must be 0 to 1024, was -1"),
                                rejected(5, "h", "plannedPower must be more than 0 W"),
                                rejected(6, "i", "plannedPower 396 kW is more than the 264 kW that hall h1 carries"))));
    }

    @Test
    void a_rack_named_twice_in_one_batch_is_judged_like_one_imported_before() {
        var decided =
                install(small(), line("e", "h1", 72, NVL72), line("e", "h1", 72, NVL72), line("e", "h2", 72, NVL72));

        assertThat(decided.events()).hasSize(1);
        assertThat(decided.result().unchanged()).isEqualTo(1);
        assertThat(decided.result().rejected()).extracting(RejectedRack::index).containsExactly(2);
    }

    private static InventoryDecisions.Decided install(Campus layout, RackLine... lines) {
        return InventoryDecisions.decide(new RegisterRacks(List.of(lines), day(0)), layout);
    }

    private static RackLine line(String rack, String hall, int gpus, Power power) {
        return new RackLine(new RackId(rack), new NodeId(hall), gpus, "NVL72", power);
    }

    private static RejectedRack rejected(int index, String rack, String detail) {
        return new RejectedRack(index, new RackId(rack), detail);
    }
}
