package menara.demo.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads a trace folder: one CSV of nodes ({@code sn, gpu}, and {@code model} if it is there) and one of jobs ({@code name,
 * scheduled_time, deletion_time}, {@code num_gpu} or {@code gpu_milli} or both, and {@code qos} if it is there), distinguished by their
 * header, other columns ignored (the form of Alibaba's cluster-trace-gpu-v2023). A broken row is reported with its line and left out; the
 * rest is read.
 */
public final class TraceReader {

    private static final String GPUS = "num_gpu";
    private static final String SHARE = "gpu_milli";
    private static final Kind NODES = new Kind("nodes", List.of("sn", "gpu"), List.of());
    private static final Kind JOBS =
            new Kind("jobs", List.of("name", "scheduled_time", "deletion_time"), List.of(GPUS, SHARE));

    /**
     * A kind of file.
     *
     * @param columns all of which it has
     * @param oneOf at least one of which it has too, unless empty
     */
    private record Kind(String what, List<String> columns, List<String> oneOf) {

        boolean isOf(List<String> header) {
            return header.containsAll(columns)
                    && (oneOf.isEmpty() || oneOf.stream().anyMatch(header::contains));
        }

        String wanted() {
            return String.join(", ", columns) + (oneOf.isEmpty() ? "" : " and " + String.join(" or ", oneOf));
        }
    }

    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setTrim(true)
            .get();

    private static final int MAX_GPUS_PER_NODE = 1_000;
    private static final int WHOLE_GPU = 1_000;
    private static final int REASONS_TOLD = 3;
    /** A century: beyond it a time is a typing error. */
    private static final long MAX_SECOND = 100L * 366 * 24 * 3_600;

    private final List<BrokenRow> broken = new ArrayList<>();
    private final List<String> running = new ArrayList<>();
    private int notBilled;

    private TraceReader() {}

    /** @throws UnreadableTrace if the folder does not hold exactly one file of nodes and one of jobs */
    public static Trace read(Path folder) {
        return new TraceReader().readFolder(folder);
    }

    private Trace readFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new UnreadableTrace(
                    "%s is not a folder; give the folder that holds the trace's two CSV files".formatted(folder));
        }
        try {
            Path nodeFile = only(folder, NODES);
            Path jobFile = only(folder, JOBS);
            var nodes = rows(nodeFile, TraceReader::node, TraceNode::name);
            var jobs = rows(jobFile, this::job, TraceJob::name);
            requireSome(nodeFile, nodes, "node");
            requireSome(jobFile, jobs, "job that used GPUs");
            return new Trace(
                    name(nodeFile, jobFile),
                    nodes,
                    jobs,
                    notBilled - running.size(),
                    List.copyOf(running),
                    List.copyOf(broken));
        } catch (IOException e) {
            throw new UnreadableTrace("%s cannot be read: %s".formatted(folder, e.getMessage()), e);
        } catch (UncheckedIOException e) {
            throw new UnreadableTrace("%s is not readable as CSV: %s".formatted(folder, e.getMessage()), e);
        }
    }

    /** Without machines or jobs there is nothing to sign, to reserve or to call capital for. */
    private void requireSome(Path file, List<?> found, String what) {
        if (found.isEmpty()) {
            var reasons = broken.stream()
                    .filter(row -> row.file().equals(file))
                    .limit(REASONS_TOLD)
                    .map(row -> "%n  %s".formatted(row))
                    .collect(Collectors.joining());
            throw new UnreadableTrace("%s holds no %s that can be imported%s"
                    .formatted(file, what, reasons.isEmpty() ? "" : ". Its first broken rows:" + reasons));
        }
    }

    private static Path only(Path folder, Kind kind) throws IOException {
        try (var files = Files.list(folder)) {
            var tables = files.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .toList();
            var matching =
                    tables.stream().filter(file -> kind.isOf(header(file))).toList();
            if (matching.size() != 1) {
                var seen = tables.stream()
                        .map(file -> "%n  %s has %s".formatted(file.getFileName(), String.join(", ", header(file))))
                        .collect(Collectors.joining());
                throw new UnreadableTrace(
                        "%s must hold exactly one CSV file of %s, with the columns %s; it holds %s. %s"
                                .formatted(
                                        folder,
                                        kind.what(),
                                        kind.wanted(),
                                        matching.isEmpty() ? "none" : matching.size(),
                                        tables.isEmpty()
                                                ? "There is no file that ends with .csv."
                                                : "What is there:" + seen));
            }
            return matching.getFirst();
        }
    }

    private static List<String> header(Path file) {
        try (var parser = CSVParser.parse(file, StandardCharsets.UTF_8, FORMAT)) {
            return parser.getHeaderNames();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException e) {
            return List.of("no usable header (%s)".formatted(e.getMessage()));
        }
    }

    private <T> List<T> rows(Path file, Function<CSVRecord, @Nullable T> read, Function<T, String> key)
            throws IOException {
        var found = new ArrayList<T>();
        var seen = new HashSet<String>();
        try (var parser = CSVParser.parse(file, StandardCharsets.UTF_8, FORMAT)) {
            for (CSVRecord row : parser) {
                long line = parser.getCurrentLineNumber();
                try {
                    if (!row.isConsistent()) {
                        throw new BadCell("has %d cells, the header has %d"
                                .formatted(row.size(), parser.getHeaderNames().size()));
                    }
                    T item = read.apply(row);
                    if (item == null) {
                        notBilled++;
                    } else if (seen.add(key.apply(item))) {
                        found.add(item);
                    } else {
                        throw new BadCell("%s stands in an earlier row too".formatted(key.apply(item)));
                    }
                } catch (BadCell e) {
                    broken.add(new BrokenRow(file, line, String.valueOf(e.getMessage())));
                }
            }
        }
        return found;
    }

    private static TraceNode node(CSVRecord row) {
        int gpus = (int) number(row, "gpu", 1, MAX_GPUS_PER_NODE);
        return new TraceNode(name(row, "sn"), gpus, row.isMapped("model") ? name(row, "model") : "gpu");
    }

    private @Nullable TraceJob job(CSVRecord row) {
        var name = name(row, "name");
        // Several GPUs and a share of each, or one of both: whole GPUs, or thousandths over all of them.
        long gpus = row.isMapped(GPUS) ? number(row, GPUS, 0, MAX_GPUS_PER_NODE) : 1;
        long share = row.isMapped(SHARE)
                ? number(row, SHARE, 0, row.isMapped(GPUS) ? WHOLE_GPU : MAX_GPUS_PER_NODE * WHOLE_GPU)
                : WHOLE_GPU;
        if (gpus == 0 || share == 0 || row.get("scheduled_time").isEmpty()) {
            return null;
        }
        long scheduled = number(row, "scheduled_time", 0, MAX_SECOND);
        if (row.get("deletion_time").isEmpty()) {
            running.add(name);
            return null;
        }
        long deleted = number(row, "deletion_time", 0, MAX_SECOND);
        if (deleted < scheduled) {
            throw new BadCell("deletion_time %d is before scheduled_time %d".formatted(deleted, scheduled));
        }
        var serviceClass = row.isMapped("qos") ? name(row, "qos") : "";
        return deleted == scheduled ? null : new TraceJob(name, gpus * share, serviceClass, scheduled, deleted);
    }

    private static String name(CSVRecord row, String column) {
        var text = row.get(column);
        if (!text.matches("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,78}[A-Za-z0-9])?")) {
            throw new BadCell("%s must be a name of letters, digits, dots, dashes and underscores, was \"%s\""
                    .formatted(column, text));
        }
        return text;
    }

    private static long number(CSVRecord row, String column, long min, long max) {
        var text = row.get(column);
        try {
            // Seconds and GPUs that some tool wrote as 3600.0 are whole all the same.
            long value = new BigDecimal(text).longValueExact();
            if (value < min || value > max) {
                throw new BadCell("%s must be from %d to %d, was %d".formatted(column, min, max, value));
            }
            return value;
        } catch (ArithmeticException | NumberFormatException _) {
            throw new BadCell("%s must be a whole number, was \"%s\"".formatted(column, text));
        }
    }

    private static String name(Path nodeFile, Path jobFile) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(Files.readAllBytes(nodeFile));
            digest.update(Files.readAllBytes(jobFile));
            return "trace-" + HexFormat.of().formatHex(digest.digest(), 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Why a row cannot be used; never leaves this class. */
    private static final class BadCell extends RuntimeException {

        private static final long serialVersionUID = 1L;

        BadCell(String message) {
            super(message, null, false, false);
        }
    }
}
