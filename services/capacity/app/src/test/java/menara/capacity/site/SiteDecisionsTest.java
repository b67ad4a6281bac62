package menara.capacity.site;

import static menara.capacity.campus.Scenes.NOW;
import static menara.capacity.campus.Scenes.NVL72;
import static menara.capacity.campus.Scenes.after;
import static menara.capacity.campus.Scenes.days;
import static menara.capacity.campus.Scenes.small;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import menara.capacity.campus.Campus;
import menara.capacity.campus.ThroughSnapshots;
import menara.capacity.commitments.Demand;
import menara.capacity.commitments.ReservationConfirmed;
import menara.capacity.commitments.Share;
import menara.capacity.layout.NodeKind;
import menara.capacity.layout.PowerNode;
import menara.capacity.layout.Rating;
import menara.capacity.site.SiteCommands.ImportSite;
import menara.capacity.site.SiteDocument.RackEntry;
import menara.values.ContractId;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.RackId;
import menara.values.ReservationId;
import menara.values.TenantId;
import menara.values.refusals.InvalidField;
import menara.values.refusals.RuleViolated;
import org.junit.jupiter.api.Test;

class SiteDecisionsTest {

    private static final SiteDocument REFERENCE = ReferenceCampus.document();

    @Test
    void an_imported_site_is_exported_as_it_was() {
        var campus = imported(REFERENCE, Campus.EMPTY);
        var exported = SiteDocument.of(campus);

        assertThat(exported.phases()).isEqualTo(REFERENCE.phases());
        assertThat(exported.powerNodes()).containsExactlyInAnyOrderElementsOf(REFERENCE.powerNodes());
        assertThat(exported.halls()).isEqualTo(REFERENCE.halls());
        assertThat(exported.racks()).isEqualTo(REFERENCE.racks());
    }

    @Test
    void a_snapshot_of_the_imported_site_is_the_same_site() {
        var campus = imported(REFERENCE, Campus.EMPTY);
        var form = ThroughSnapshots.CAMPUS.form().orElseThrow();

        assertThat(form.state(form.bytes(campus))).isEqualTo(campus);
    }

    @Test
    void importing_the_same_again_changes_nothing() {
        var campus = imported(REFERENCE, Campus.EMPTY);

        assertThat(SiteDecisions.decide(new ImportSite(REFERENCE, NOW), campus)).isEmpty();
        assertThat(SiteDecisions.decide(new ImportSite(SiteDocument.of(campus), NOW), campus))
                .isEmpty();
    }

    @Test
    void a_rack_knows_every_node_above_it() {
        var rack = imported(REFERENCE, Campus.EMPTY)
                .rack(new RackId("hall-01-rack-01"))
                .orElseThrow();

        assertThat(rack.above())
                .containsExactlyInAnyOrder(
                        "phase-1",
                        "hall-01",
                        "hall-01-rack-01-pdu-a",
                        "hall-01-row-1-pdu-a",
                        "hall-01-board-a",
                        "substation-1a",
                        "utility-a",
                        "hall-01-rack-01-pdu-b",
                        "hall-01-row-1-pdu-b",
                        "hall-01-board-b",
                        "substation-1b",
                        "utility-b",
                        "hall-01-row-1-cdu");
    }

    @Test
    void a_document_that_is_not_possible_changes_nothing_and_tells_all_errors() {
        var broken = new SiteDocument(List.of(), List.of(), REFERENCE.halls().subList(0, 2), List.of());

        assertThatThrownBy(() -> SiteDecisions.decide(new ImportSite(broken, NOW), Campus.EMPTY))
                .isInstanceOfSatisfying(
                        InvalidField.class,
                        invalid -> assertThat(invalid.errors()).hasSize(2));
    }

    @Test
    void what_is_there_with_other_content_is_named_and_refused() {
        var changed = new SiteDocument(
                List.of(),
                List.of(),
                List.of(),
                List.of(new RackEntry(new RackId("a"), new NodeId("h1"), null, 8, "HGX", NVL72, null, null, null)));

        assertThatThrownBy(() -> SiteDecisions.decide(new ImportSite(changed, NOW), small()))
                .isInstanceOfSatisfying(RuleViolated.class, refused -> {
                    assertThat(refused.rule()).isEqualTo("site-differs");
                    assertThat(refused).hasMessageContaining("rack a");
                });
    }

    @Test
    void racks_that_are_committed_already_count_at_the_node_they_are_connected_to() {
        var campus = small().evolve(confirmed("a", "b"));
        var connected = imported(connecting(NVL72.times(2)), campus);

        assertThat(connected.free("u1").lowestWatts(days(0, 10))).isZero();
        assertThat(connected.free("u1").lowestWatts(days(10, 20)))
                .isEqualTo(NVL72.times(2).watts());
        assertThatThrownBy(() -> SiteDecisions.decide(new ImportSite(connecting(NVL72), NOW), campus))
                .isInstanceOfSatisfying(RuleViolated.class, refused -> {
                    assertThat(refused.rule()).isEqualTo("committed-beyond-limit");
                    assertThat(refused).hasMessageContaining("node u1 would be short of 132 kW");
                });
    }

    /** Racks a and b of hall h1 on one utility. */
    private static SiteDocument connecting(Power limit) {
        var utility = new PowerNode(new NodeId("u1"), NodeKind.UTILITY, List.of(), Rating.of(limit));
        var racks = List.of("a", "b").stream()
                .map(rack -> new RackEntry(
                        new RackId(rack), new NodeId("h1"), null, 72, "NVL72", NVL72, new NodeId("u1"), null, null))
                .toList();
        return new SiteDocument(List.of(), List.of(utility), List.of(), racks);
    }

    private static ReservationConfirmed confirmed(String... racks) {
        var names = List.of(racks).stream().map(RackId::new).toList();
        var power = NVL72.times(racks.length);
        return new ReservationConfirmed(
                new ReservationId(new UUID(0, 1)),
                new ContractId(new UUID(0, 2)),
                new TenantId("t"),
                days(0, 10),
                new Demand(1, null, List.of()),
                List.of(new Share(new NodeId("h1"), new PhaseId("p1"), names, power)),
                72 * racks.length,
                power,
                UUID.randomUUID(),
                NOW);
    }

    private static Campus imported(SiteDocument document, Campus campus) {
        return after(campus, SiteDecisions.decide(new ImportSite(document, NOW), campus));
    }
}
