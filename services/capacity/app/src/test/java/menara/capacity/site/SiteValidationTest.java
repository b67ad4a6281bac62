package menara.capacity.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import menara.capacity.campus.Scenes;
import menara.capacity.layout.NodeKind;
import menara.capacity.layout.PowerNode;
import menara.capacity.layout.Rating;
import menara.capacity.site.SiteDocument.CommissioningEntry;
import menara.capacity.site.SiteDocument.HallEntry;
import menara.capacity.site.SiteDocument.PhaseEntry;
import menara.capacity.site.SiteDocument.RackEntry;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.RackId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SiteValidationTest {

    private static final SiteDocument NOTHING = new SiteDocument(List.of(), List.of(), List.of(), List.of());

    @Test
    void the_reference_campus_is_possible_and_has_500_megawatts_and_2900_racks() {
        var reference = ReferenceCampus.document();

        assertThat(SiteValidation.errors(reference, NOTHING)).isEmpty();
        assertThat(reference.phases().stream().map(PhaseEntry::planned).reduce(Power.ZERO, Power::plus))
                .isEqualTo(Power.megawatts(500));
        assertThat(reference.racks()).hasSize(2_900);
        assertThat(reference.racks().stream().mapToInt(RackEntry::gpus).sum()).isEqualTo(208_800);
    }

    @Test
    void a_possible_site_has_no_errors() {
        assertThat(errors(_ -> {})).isEmpty();
    }

    @Test
    void a_cycle_is_told_node_by_node() {
        assertThat(errors(site -> {
                    site.nodes.add(node("s1", NodeKind.SUBSTATION, 100, "s2"));
                    site.nodes.add(node("s2", NodeKind.SUBSTATION, 100, "s1"));
                }))
                .containsExactly(
                        new SiteError("powerNodes[2].fedBy", "node s1 feeds itself: s1 is fed by s2 is fed by s1"));
    }

    @Test
    void orphans_are_named() {
        assertThat(errors(site -> {
                    site.nodes.add(node("s1", NodeKind.SUBSTATION, 100));
                    site.nodes.add(node("s2", NodeKind.SUBSTATION, 100, "nowhere"));
                    site.halls.add(new HallEntry(new NodeId("h2"), new PhaseId("p9"), Power.watts(10)));
                    site.racks.add(rack("r2", "h9", "u1", null, null));
                    site.racks.add(rack("r3", "h1", "u9", null, "c9"));
                }))
                .containsExactly(
                        new SiteError("powerNodes[2].fedBy", "node s1 is an orphan: nothing feeds it"),
                        new SiteError("powerNodes[3].fedBy[0]", "node s2 is an orphan: there is no node nowhere"),
                        new SiteError("halls[1].phase", "hall h2 is an orphan: there is no phase p9"),
                        new SiteError("racks[1].hall", "rack r2 is an orphan: there is no hall h9"),
                        new SiteError("racks[2].feedA", "rack r3 is an orphan: there is no node u9"),
                        new SiteError("racks[2].cooledBy", "rack r3 is an orphan: there is no node c9"));
    }

    @Test
    void a_child_above_its_parents_limit_is_named() {
        assertThat(errors(site -> {
                    site.nodes.add(node("s1", NodeKind.SUBSTATION, 1_001, "u1"));
                    site.nodes.add(node("x1", NodeKind.RACK_PDU, 9, "u1"));
                    site.halls.add(new HallEntry(new NodeId("h2"), new PhaseId("p1"), Power.watts(1_001)));
                    site.racks.add(rack("r2", "h1", "x1", null, null));
                }))
                .containsExactly(
                        new SiteError(
                                "halls[1].limit",
                                "hall h2 would carry 1.001 kW, more than the 1 kW its phase p1 is planned for"),
                        new SiteError(
                                "racks[1].feedA", "rack r2 would draw 10 W, more than the 9 W that node x1 carries"));
    }

    @Test
    void what_feeds_must_be_nearer_to_the_grid_and_no_cooling() {
        assertThat(errors(site -> {
                    site.nodes.add(node("x1", NodeKind.RACK_PDU, 100, "u1"));
                    site.nodes.add(node("b1", NodeKind.SWITCHBOARD, 100, "x1"));
                    site.nodes.add(node("b2", NodeKind.SWITCHBOARD, 100, "c1"));
                    site.nodes.add(node("u2", NodeKind.UTILITY, 100, "u1"));
                    site.racks.add(rack("r2", "h1", "c1", null, "u1"));
                    site.racks.add(rack("r3", "h1", "u1", "u1", null));
                    site.racks.add(rack("r4", "h1", null, "u1", null));
                }))
                .extracting(SiteError::detail)
                .containsExactly(
                        "node b1, a switchboard, cannot be fed by x1, a rack-pdu",
                        "node b2, a switchboard, cannot be fed by c1, a cooling",
                        "node u2 is a utility and fed by nothing here",
                        "node c1 is no feed, it is a cooling",
                        "node u1 is no cooling, it is a utility",
                        "rack r3 has u1 as both feeds; one may fail",
                        "rack r4 has a feed B and no feed A");
    }

    @Test
    void a_name_is_used_once_whatever_it_names() {
        assertThat(errors(site -> {
                    site.nodes.add(node("p1", NodeKind.UTILITY, 100));
                    site.racks.add(rack("r1", "h1", null, null, null));
                }))
                .containsExactly(
                        new SiteError("powerNodes[2].node", "p1 is the name of phases[0].phase already"),
                        new SiteError("racks[1].rack", "r1 is the name of racks[0].rack already"));
        var named = new SiteDocument(List.of(), List.of(node("h1", NodeKind.UTILITY, 1)), List.of(), List.of());
        assertThat(SiteValidation.errors(named, new Site().document()))
                .containsExactly(new SiteError("powerNodes[0].node", "a hall of the site is named h1 already"));
    }

    @Test
    void impossible_counts_are_refused() {
        assertThat(errors(site -> site.racks.add(new RackEntry(
                        new RackId("r2"), new NodeId("h1"), null, 1_025, "NVL72", Power.watts(1), null, null, null))))
                .containsExactly(new SiteError("racks[1].gpus", "of rack r2 must be 0 to 1024, was 1025"));
        assertThat(errors(site -> {
                    for (int i = 0; i < 250; i++) {
                        site.racks.add(new RackEntry(
                                new RackId("r-" + i),
                                new NodeId("h1"),
                                null,
                                1_024,
                                "NVL72",
                                Power.watts(1),
                                null,
                                null,
                                null));
                    }
                }))
                .extracting(SiteError::detail)
                .containsExactly("have 256,072 GPUs together; 500 MW feed no more than 247,896");
        assertThat(errors(site -> {
                    for (int i = 0; i <= SiteValidation.MAX_RACKS; i++) {
                        site.racks.add(rack("r-" + i, "h1", null, null, null));
                    }
                }))
                .containsExactly(new SiteError("racks", "must be at most 5,000, were 5,002"));
    }

    @Test
    void more_released_than_planned_is_refused() {
        assertThat(errors(site -> site.phases.add(new PhaseEntry(
                        new PhaseId("p2"),
                        "Phase 2",
                        Power.watts(100),
                        LocalDate.of(2027, 1, 1),
                        List.of(
                                new CommissioningEntry(Power.watts(60), Scenes.day(0)),
                                new CommissioningEntry(Power.watts(60), Scenes.day(1)))))))
                .containsExactly(new SiteError(
                        "phases[1].commissionings[1].power", "makes 120 W of phase p2, planned for 100 W"));
    }

    @Test
    void a_chain_that_is_too_long_to_be_a_power_tree_is_refused_at_its_first_node() {
        assertThat(errors(site -> {
                    for (int i = 5_000; i > 0; i--) {
                        site.nodes.add(node("s" + i, NodeKind.SUBSTATION, 100, i == 1 ? "u1" : "s" + (i - 1)));
                    }
                }))
                .isNotEmpty()
                .allSatisfy(error -> assertThat(error.detail()).contains("more than 30 nodes away from the grid"));
    }

    /** One of everything: utility u1 of 1 kW and cooling c1, phase p1 of 1 kW, hall h1, rack r1 of 10 W. */
    private static final class Site {

        private final List<PhaseEntry> phases = new ArrayList<>(List.of(
                new PhaseEntry(new PhaseId("p1"), "Phase 1", Power.kilowatts(1), LocalDate.of(2026, 1, 1), List.of())));
        private final List<PowerNode> nodes =
                new ArrayList<>(List.of(node("u1", NodeKind.UTILITY, 1_000), node("c1", NodeKind.COOLING, 1_000)));
        private final List<HallEntry> halls =
                new ArrayList<>(List.of(new HallEntry(new NodeId("h1"), new PhaseId("p1"), Power.watts(1_000))));
        private final List<RackEntry> racks = new ArrayList<>(List.of(rack("r1", "h1", "u1", null, "c1")));

        private SiteDocument document() {
            return new SiteDocument(phases, nodes, halls, racks);
        }
    }

    private static List<SiteError> errors(Consumer<Site> change) {
        var site = new Site();
        change.accept(site);
        return SiteValidation.errors(site.document(), NOTHING);
    }

    private static PowerNode node(String name, NodeKind kind, long watts, String... fedBy) {
        return new PowerNode(
                new NodeId(name),
                kind,
                List.of(fedBy).stream().map(NodeId::new).toList(),
                Rating.of(Power.watts(watts)));
    }

    private static RackEntry rack(
            String rack, String hall, @Nullable String a, @Nullable String b, @Nullable String cooling) {
        return new RackEntry(
                new RackId(rack), new NodeId(hall), null, 72, "NVL72", Power.watts(10), id(a), id(b), id(cooling));
    }

    private static @Nullable NodeId id(@Nullable String name) {
        return name == null ? null : new NodeId(name);
    }
}
