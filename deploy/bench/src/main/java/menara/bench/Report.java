package menara.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.json.JsonMapper;

/** Collects the figures of one run, prints each as it is measured, and can write them all as JSON. */
public final class Report {

    private final String bench;
    private final PrintStream out;
    private final String machine = machine();
    private final List<Figure> figures = new ArrayList<>();

    Report(String bench, PrintStream out) {
        this.bench = bench;
        this.out = out;
        out.printf("%s on %s%n%-34s %16s  %-10s %s%n", bench, machine, "figure", "value", "unit", "target");
    }

    /** A figure without a target: context for the others. */
    public void add(String name, double value, String unit) {
        add(name, value, unit, Optional.empty());
    }

    /** A figure that should reach at least {@code target}. */
    public void atLeast(String name, double value, String unit, double target) {
        add(name, value, unit, Optional.of((value >= target ? "ok, at least " : "MISSED, at least ") + text(target)));
    }

    /** A figure that should stay within {@code target}. */
    public void atMost(String name, double value, String unit, double target) {
        add(name, value, unit, Optional.of((value <= target ? "ok, at most " : "MISSED, at most ") + text(target)));
    }

    /** The value of a figure measured before in this run. */
    public OptionalDouble value(String name) {
        return figures.stream()
                .filter(figure -> figure.name().equals(name))
                .mapToDouble(Figure::value)
                .findFirst();
    }

    private void add(String name, double value, String unit, Optional<String> verdict) {
        figures.add(new Figure(name, value, unit));
        out.printf("%-34s %16s  %-10s %s%n", name, text(value), unit, verdict.orElse(""));
    }

    void write(Path file) throws IOException {
        var document = new Document(bench, machine, figures);
        Files.write(
                file,
                JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsBytes(document));
    }

    private record Document(String bench, String machine, List<Figure> figures) {}

    private static String text(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.3f", value);
    }

    private static String machine() {
        return "%d processors (load %s at the start), %,d MB heap at most, Java %s, %s %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        load(),
                        Runtime.getRuntime().maxMemory() >> 20,
                        Runtime.version().feature(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"));
    }

    /** Of the last minute: figures of a machine that is busy with something else say little. */
    private static String load() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return load < 0 ? "unknown" : String.format(Locale.ROOT, "%.1f", load);
    }
}
