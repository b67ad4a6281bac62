package menara.architecture;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The page of the main job, read as text: its steps and the arrows of its diagram. */
record MainJobPage(List<Step> steps, List<Arrow> arrows) {

    static final String PATH = "deploy/architecture/MAIN-JOB.md";

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|(.*)\\|$");
    private static final Pattern ARROW = Pattern.compile("(?m)^\\s*(\\w+)->>(\\w+): (\\w+)$");
    private static final Pattern EVENT = Pattern.compile("`([A-Z]\\w+)`(?: -> `([A-Z]\\w+)`)?");
    private static final Pattern TYPE = Pattern.compile("`([A-Z]\\w+)`");
    private static final Pattern ROLE = Pattern.compile("`([a-z-]+)`");
    private static final Pattern SLICE = Pattern.compile("`([a-z]+)/([a-z/]+)`");
    private static final Pattern ENDPOINT = Pattern.compile("`((?:GET|POST) /[^`]*)`");
    private static final int COLUMNS = 5;

    static MainJobPage read() {
        var text = Sources.read(Sources.ROOT.resolve(PATH));
        return new MainJobPage(
                ROW.matcher(text)
                        .results()
                        .map(row -> Step.of(Integer.parseInt(row.group(1)), row.group(2)))
                        .toList(),
                ARROW.matcher(text)
                        .results()
                        .map(arrow -> new Arrow(arrow.group(1), arrow.group(2), arrow.group(3)))
                        .toList());
    }

    /** A published event on its way. */
    record Arrow(String from, String to, String event) {}

    /** A slice as the page calls it: {@code billing/usage/log} is the package {@code usage.log} of billing. */
    record Slice(String service, String name) {

        static List<Slice> in(String text) {
            return SLICE.matcher(text)
                    .results()
                    .map(found -> new Slice(found.group(1), found.group(2)))
                    .toList();
        }
    }

    /** A stored event, and what the others are told of it. */
    record Fact(String stored, Optional<String> published) {}

    /** One row; its columns as they are written. */
    record Step(int number, String who, String asked, String slice, String events, String readBy) {

        static Step of(int number, String row) {
            var columns = Stream.of(row.split("\\|")).map(String::strip).toList();
            if (columns.size() != COLUMNS) {
                throw new AssertionError("step %d has %d columns: %s".formatted(number, columns.size(), row));
            }
            return new Step(number, columns.get(0), columns.get(1), columns.get(2), columns.get(3), columns.get(4));
        }

        List<Slice> slices() {
            return Slice.in(slice);
        }

        String service() {
            return slices().getFirst().service();
        }

        boolean storesNothing() {
            return events.startsWith("none: ");
        }

        List<Fact> facts() {
            return storesNothing()
                    ? List.of()
                    : EVENT.matcher(events)
                            .results()
                            .map(found -> new Fact(found.group(1), Optional.ofNullable(found.group(2))))
                            .toList();
        }

        /** Slices that are named anywhere in the row. */
        List<Slice> allSlices() {
            return Slice.in(String.join(" ", asked, slice, events, readBy));
        }

        List<String> roles() {
            return names(ROLE, who);
        }

        /** Policies and due work. */
        List<String> actors() {
            return names(TYPE, who);
        }

        List<String> policies() {
            return actors().stream().filter(actor -> actor.startsWith("When")).toList();
        }

        /** Commands and the events that trigger them. */
        List<String> messages() {
            return names(TYPE, asked);
        }

        List<String> asks() {
            return names(ENDPOINT, asked);
        }

        List<String> questions() {
            return names(ENDPOINT, readBy);
        }

        List<String> readers() {
            return names(TYPE, storesNothing() ? events + readBy : readBy);
        }

        private static List<String> names(Pattern pattern, String text) {
            return pattern.matcher(text).results().map(found -> found.group(1)).toList();
        }
    }
}
