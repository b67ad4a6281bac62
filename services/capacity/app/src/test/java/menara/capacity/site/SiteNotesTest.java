package menara.capacity.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import menara.capacity.campus.Campus;
import menara.capacity.campus.Scenes;
import menara.capacity.commitments.Demand;
import menara.capacity.layout.NodeKind;
import menara.capacity.layout.PowerNode;
import menara.capacity.layout.Rating;
import menara.capacity.placement.Placement;
import menara.capacity.site.SiteCommands.ImportSite;
import menara.capacity.site.SiteDocument.HallEntry;
import menara.capacity.site.SiteDocument.RackEntry;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.RackId;
import org.junit.jupiter.api.Test;

/** A board is bought for what may come; until then it carries what the utility has. */
class SiteNotesTest {

    private static final SiteDocument SITE = new SiteDocument(
            List.of(),
            List.of(
                    new PowerNode(
                            new NodeId("board"),
                            NodeKind.SWITCHBOARD,
                            List.of(new NodeId("sub"), new NodeId("other")),
                            Rating.of(Power.kilowatts(1_600))),
                    new PowerNode(
                            new NodeId("sub"),
                            NodeKind.SUBSTATION,
                            List.of(new NodeId("grid")),
                            Rating.of(Power.kilowatts(2_000))),
                    new PowerNode(new NodeId("grid"), NodeKind.UTILITY, List.of(), Rating.of(Power.kilowatts(750))),
                    new PowerNode(new NodeId("other"), NodeKind.UTILITY, List.of(), Rating.of(Power.kilowatts(900)))),
            List.of(new HallEntry(new NodeId("h1"), new PhaseId("p1"), Power.megawatts(9))),
            IntStream.range(0, 9)
                    .mapToObj(rack -> new RackEntry(
                            new RackId("r" + rack),
                            new NodeId("h1"),
                            null,
                            72,
                            "NVL72",
                            Power.kilowatts(100),
                            new NodeId("board"),
                            null,
                            null))
                    .toList());

    private static final Campus PLANNED = Scenes.campus(
            Scenes.phase("p1", Power.megawatts(9)), Scenes.released("p1", Power.megawatts(9), Scenes.day(0)));

    @Test
    void a_node_built_for_more_than_what_feeds_it_is_accepted_and_carries_the_smaller() {
        var campus = Scenes.after(PLANNED, SiteDecisions.decide(new ImportSite(SITE, Scenes.NOW), PLANNED));

        assertThat(campus.powerNode(new NodeId("board")).orElseThrow().limit()).isEqualTo(Power.kilowatts(750));
        assertThat(campus.powerNode(new NodeId("sub")).orElseThrow().limit()).isEqualTo(Power.kilowatts(750));
        assertThat(campus.builtFor("board"))
                .as("it may lose of what it is built for")
                .isEqualTo(Power.kilowatts(1_600));
        var seven = new Demand(7, null, List.of());
        assertThat(Placement.of(seven, Scenes.days(0, 1), campus)).isInstanceOf(Placement.Placed.class);
        assertThat(Placement.of(new Demand(8, null, List.of()), Scenes.days(0, 1), campus))
                .isInstanceOf(Placement.Refused.class);
    }

    @Test
    void it_is_noted_by_name_with_what_it_counts_with_and_exported_as_it_was_built() {
        var campus = Scenes.after(PLANNED, SiteDecisions.decide(new ImportSite(SITE, Scenes.NOW), PLANNED));

        var notes = SiteNotes.of(SITE, SiteDocument.of(PLANNED));
        assertThat(notes.stream().map(note -> note.node().value())).containsExactly("board", "sub");
        assertThat(notes.getFirst().detail()).contains("board", "sub", "1.6 MW", "750 kW");
        assertThat(SiteNotes.of(SITE, SiteDocument.of(campus)))
                .as("as often as it is imported")
                .isEqualTo(notes);
        assertThat(SiteDocument.of(campus).powerNodes()).containsExactlyInAnyOrderElementsOf(SITE.powerNodes());
    }
}
