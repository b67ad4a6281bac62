package menara.capacity.site;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import menara.capacity.layout.Circuit;
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

/**
 * A campus of 500 MW in five phases: 50 halls of 58 racks, 2,900 racks in all, which is 85 % of the IT load at a PUE of 1.11. Two
 * utility lines; to each hall two of everything down to the rack, A and B, each able to carry all of it. Made up, apart from the
 * first phase's 40 MW at the end of 2025.
 */
final class ReferenceCampus {

    private static final List<Integer> MEGAWATTS = List.of(40, 60, 100, 150, 150);
    private static final LocalDate FIRST_PLANNED = LocalDate.of(2025, 12, 31);
    private static final Instant FIRST_RELEASED = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MONTHS_BETWEEN_PHASES = 9;
    private static final int MEGAWATTS_PER_HALL = 10;

    private static final List<Integer> RACKS_IN_ROWS = List.of(15, 15, 14, 14);
    private static final Power NVL72 = Power.kilowatts(132);
    private static final int NVL72_GPUS = 72;
    private static final int CONTINUOUS_LOAD_PERCENT = 80;
    private static final List<String> SIDES = List.of("a", "b");

    private final List<PhaseEntry> phases = new ArrayList<>();
    private final List<PowerNode> nodes = new ArrayList<>();
    private final List<HallEntry> halls = new ArrayList<>();
    private final List<RackEntry> racks = new ArrayList<>();

    private ReferenceCampus() {}

    static SiteDocument document() {
        var campus = new ReferenceCampus();
        campus.build();
        return new SiteDocument(campus.phases, campus.nodes, campus.halls, campus.racks);
    }

    private void build() {
        for (String side : SIDES) {
            node("utility-" + side, NodeKind.UTILITY, List.of(), Rating.of(Power.megawatts(500)));
        }
        int hall = 0;
        for (int p = 0; p < MEGAWATTS.size(); p++) {
            var phase = "phase-" + (p + 1);
            var power = Power.megawatts(MEGAWATTS.get(p));
            phases.add(new PhaseEntry(
                    new PhaseId(phase),
                    "Phase " + (p + 1),
                    power,
                    FIRST_PLANNED.plusMonths((long) p * MONTHS_BETWEEN_PHASES),
                    p == 0 ? List.of(new CommissioningEntry(power, FIRST_RELEASED)) : List.of()));
            for (String side : SIDES) {
                // Transformers of 25 MW, one of them spare.
                int transformers = Math.ceilDiv(MEGAWATTS.get(p), 25) + 1;
                node(
                        "substation-%d%s".formatted(p + 1, side),
                        NodeKind.SUBSTATION,
                        List.of("utility-" + side),
                        new Rating(Power.megawatts(25), null, transformers, 1, 100));
            }
            for (int h = 0; h < MEGAWATTS.get(p) / MEGAWATTS_PER_HALL; h++) {
                hall("hall-%02d".formatted(++hall), phase, p + 1);
            }
        }
    }

    private void hall(String hall, String phase, int phaseNumber) {
        halls.add(new HallEntry(new NodeId(hall), new PhaseId(phase), Power.megawatts(MEGAWATTS_PER_HALL)));
        for (String side : SIDES) {
            node(
                    "%s-board-%s".formatted(hall, side),
                    NodeKind.SWITCHBOARD,
                    List.of("substation-%d%s".formatted(phaseNumber, side)),
                    Rating.of(Power.kilowatts(8_000)));
        }
        int rack = 0;
        for (int r = 0; r < RACKS_IN_ROWS.size(); r++) {
            var row = "%s-row-%d".formatted(hall, r + 1);
            for (String side : SIDES) {
                // Busway of 4,000 A at 415 V.
                node(
                        "%s-pdu-%s".formatted(row, side),
                        NodeKind.FLOOR_PDU,
                        List.of("%s-board-%s".formatted(hall, side)),
                        new Rating(null, new Circuit(415, 4_000, 3), 1, 0, CONTINUOUS_LOAD_PERCENT));
            }
            node(
                    row + "-cdu",
                    NodeKind.COOLING,
                    List.of(),
                    new Rating(Power.kilowatts(1_000), null, 3, 1, 100)); // coolant distribution units, N+1
            for (int i = 0; i < RACKS_IN_ROWS.get(r); i++) {
                rack("%s-rack-%02d".formatted(hall, ++rack), hall, row);
            }
        }
    }

    private void rack(String rack, String hall, String row) {
        for (String side : SIDES) {
            // Four whips of 63 A at 415 V to the power shelves of the rack.
            node(
                    "%s-pdu-%s".formatted(rack, side),
                    NodeKind.RACK_PDU,
                    List.of("%s-pdu-%s".formatted(row, side)),
                    new Rating(null, new Circuit(415, 63, 3), 4, 0, CONTINUOUS_LOAD_PERCENT));
        }
        racks.add(new RackEntry(
                new RackId(rack),
                new NodeId(hall),
                new NodeId(row),
                NVL72_GPUS,
                "NVL72",
                NVL72,
                new NodeId(rack + "-pdu-a"),
                new NodeId(rack + "-pdu-b"),
                new NodeId(row + "-cdu")));
    }

    private void node(String name, NodeKind kind, List<String> fedBy, Rating rating) {
        nodes.add(new PowerNode(
                new NodeId(name), kind, fedBy.stream().map(NodeId::new).toList(), rating));
    }
}
