package menara.capacity.site;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import menara.capacity.layout.Circuit;
import menara.capacity.layout.NodeKind;
import menara.capacity.layout.PowerNode;
import menara.capacity.layout.Rating;
import menara.capacity.site.SiteDocument.CommissioningEntry;
import menara.capacity.site.SiteDocument.HallEntry;
import menara.capacity.site.SiteDocument.PhaseEntry;
import menara.capacity.site.SiteDocument.RackEntry;
import menara.platform.web.Csv;
import menara.platform.web.CsvReader;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.RackId;
import menara.values.refusals.InvalidField;
import org.jspecify.annotations.Nullable;

/**
 * The site as one table: a line for each phase, commissioning, node of the power tree, hall and rack. {@code within} is the phase of a
 * commissioning or hall and the hall of a rack; {@code fed_by} are names between blanks, feed A before feed B.
 */
final class SiteCsv {

    private static final List<String> COLUMNS = List.of(
            "kind",
            "node",
            "within",
            "row",
            "fed_by",
            "cooled_by",
            "power_w",
            "units",
            "spare",
            "utilisation_percent",
            "volts",
            "amperes",
            "electric_phases",
            "gpus",
            "text",
            "from");

    /** More rows than any site has. */
    private static final int MAX_LINES = 50_000;

    private SiteCsv() {}

    static String write(SiteDocument document) {
        return Stream.of(
                        Stream.of(COLUMNS),
                        document.phases().stream().flatMap(SiteCsv::lines),
                        document.powerNodes().stream().map(SiteCsv::line),
                        document.halls().stream()
                                .map(hall -> line(Map.of(
                                        "kind", "hall",
                                        "node", hall.hall(),
                                        "within", hall.phase(),
                                        "power_w", hall.limit().watts()))),
                        document.racks().stream().map(SiteCsv::line))
                .flatMap(lines -> lines)
                .map(Csv::line)
                .collect(Collectors.joining());
    }

    private static Stream<List<?>> lines(PhaseEntry phase) {
        return Stream.concat(
                Stream.of(line(Map.of(
                        "kind", "phase",
                        "node", phase.phase(),
                        "power_w", phase.planned().watts(),
                        "text", phase.name(),
                        "from", phase.plannedFrom()))),
                phase.commissionings().stream()
                        .map(commissioning -> line(Map.of(
                                "kind", "commissioning",
                                "within", phase.phase(),
                                "power_w", commissioning.power().watts(),
                                "from", commissioning.at()))));
    }

    private static List<?> line(PowerNode node) {
        var cells = new LinkedHashMap<String, Object>();
        var rating = node.rating();
        cells.put("kind", node.kind().shown());
        cells.put("node", node.node());
        cells.put("fed_by", node.fedBy().stream().map(NodeId::value).collect(Collectors.joining(" ")));
        cells.put("units", rating.units());
        cells.put("spare", rating.spare());
        cells.put("utilisation_percent", rating.utilisationPercent());
        var circuit = rating.circuit();
        var power = rating.power();
        if (circuit != null) {
            cells.put("volts", circuit.volts());
            cells.put("amperes", circuit.amperes());
            cells.put("electric_phases", circuit.phases());
        }
        if (power != null) {
            cells.put("power_w", power.watts());
        }
        return line(cells);
    }

    private static List<?> line(RackEntry rack) {
        var cells = new LinkedHashMap<String, Object>();
        cells.put("kind", "rack");
        cells.put("node", rack.rack());
        cells.put("within", rack.hall());
        cells.put("row", shown(rack.row()));
        cells.put("fed_by", (shown(rack.feedA()) + " " + shown(rack.feedB())).strip());
        cells.put("cooled_by", shown(rack.cooledBy()));
        cells.put("power_w", rack.plannedPower().watts());
        cells.put("gpus", rack.gpus());
        cells.put("text", rack.model());
        return line(cells);
    }

    private static String shown(@Nullable NodeId node) {
        return node == null ? "" : node.value();
    }

    private static List<?> line(Map<String, ?> cells) {
        return COLUMNS.stream()
                .map(column -> cells.containsKey(column) ? cells.get(column) : "")
                .toList();
    }

    static SiteDocument read(String csv) {
        var phases = new LinkedHashMap<PhaseId, PhaseEntry>();
        var nodes = new ArrayList<PowerNode>();
        var halls = new ArrayList<HallEntry>();
        var racks = new ArrayList<RackEntry>();
        for (var line : CsvReader.read(csv, COLUMNS, MAX_LINES)) {
            var cells = new Cells(line);
            switch (cells.text("kind")) {
                case "phase" -> {
                    var phase = cells.phase();
                    if (phases.putIfAbsent(phase.phase(), phase) != null) {
                        throw cells.invalid("node", "phase %s is there twice".formatted(phase.phase()));
                    }
                }
                case "commissioning" -> commission(cells, phases);
                case "hall" -> halls.add(cells.hall());
                case "rack" -> racks.add(cells.rack());
                default -> nodes.add(cells.powerNode());
            }
        }
        return new SiteDocument(List.copyOf(phases.values()), nodes, halls, racks);
    }

    private static void commission(Cells cells, Map<PhaseId, PhaseEntry> phases) {
        var name = cells.of("within", PhaseId::new);
        var phase = phases.get(name);
        if (phase == null) {
            throw cells.invalid("within", "there is no phase %s above this line".formatted(name));
        }
        var more = new ArrayList<>(phase.commissionings());
        more.add(new CommissioningEntry(cells.power(), cells.of("from", Instant::parse)));
        phases.put(name, new PhaseEntry(name, phase.name(), phase.planned(), phase.plannedFrom(), more));
    }

    /** The cells of one line by column; a cell that cannot be read is refused with line and column. */
    private record Cells(CsvReader.Line line) {

        String text(String column) {
            return line.cells().get(COLUMNS.indexOf(column));
        }

        PhaseEntry phase() {
            return new PhaseEntry(
                    of("node", PhaseId::new), text("text"), power(), of("from", LocalDate::parse), List.of());
        }

        HallEntry hall() {
            return new HallEntry(of("node", NodeId::new), of("within", PhaseId::new), power());
        }

        RackEntry rack() {
            var feeds = feeds();
            if (feeds.size() > 2) {
                throw invalid("fed_by", "a rack has at most two feeds");
            }
            return new RackEntry(
                    of("node", RackId::new),
                    of("within", NodeId::new),
                    text("row").isEmpty() ? null : of("row", NodeId::new),
                    number("gpus"),
                    text("text"),
                    power(),
                    feeds.isEmpty() ? null : feeds.getFirst(),
                    feeds.size() < 2 ? null : feeds.getLast(),
                    text("cooled_by").isEmpty() ? null : of("cooled_by", NodeId::new));
        }

        PowerNode powerNode() {
            return new PowerNode(of("node", NodeId::new), of("kind", Cells::kind), feeds(), of("units", _ -> rating()));
        }

        private static NodeKind kind(String shown) {
            return Arrays.stream(NodeKind.values())
                    .filter(kind -> kind.shown().equals(shown.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "must be phase, commissioning, hall, rack or a kind of power node, was " + shown));
        }

        private Rating rating() {
            var circuit = text("volts").isEmpty()
                    ? null
                    : new Circuit(number("volts"), number("amperes"), number("electric_phases"));
            var power = text("power_w").isEmpty() ? null : power();
            return new Rating(power, circuit, number("units"), number("spare"), number("utilisation_percent"));
        }

        private List<NodeId> feeds() {
            return of(
                    "fed_by",
                    text -> Stream.of(text.strip().split(" +"))
                            .filter(name -> !name.isEmpty())
                            .map(NodeId::new)
                            .toList());
        }

        private int number(String column) {
            return of(column, Integer::parseInt);
        }

        Power power() {
            return of("power_w", text -> Power.watts(Long.parseLong(text)));
        }

        <T> T of(String column, Function<String, T> form) {
            try {
                return form.apply(text(column));
            } catch (IllegalArgumentException | DateTimeException e) {
                throw invalid(column, String.valueOf(e.getMessage()));
            }
        }

        InvalidField invalid(String column, String detail) {
            return new InvalidField("line %d %s".formatted(line.number(), column), detail);
        }
    }
}
