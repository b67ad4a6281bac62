package menara.demo.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads a trace folder: one CSV of nodes ({@code sn, gpu, model}) and one of jobs ({@code name, num_gpu, gpu_milli, qos,
 * scheduled_time, deletion_time}), told apart by their header, other columns ignored (the form of Alibaba's
 * cluster-trace-gpu-v2023). A broken row is reported with its line and left out; the rest is read.
 */
public final class TraceReader {

    private static final Set<String> NODE_COLUMNS = Set.of("sn", "gpu", "model");
    private static final Set<String> JOB_COLUMNS =
            Set.of("name", "num_gpu", "gpu_milli", "qos", "scheduled_time", "deletion_time");
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setTrim(true)
            .get();

    private static final int MAX_GPUS_PER_NODE = 1_000;
    /** A century: beyond it a time is a typing error. */
    private static final long MAX_SECOND = 100L * 366 * 24 * 3_600;

    private final List<BrokenRow> broken = new ArrayList<>();
    private int idleJobs;

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
            Path nodeFile = only(folder, NODE_COLUMNS, "nodes");
            Path jobFile = only(folder, JOB_COLUMNS, "jobs");
            var nodes = rows(nodeFile, TraceReader::node, TraceNode::name);
            var jobs = rows(jobFile, this::job, TraceJob::name);
            return new Trace(name(nodeFile, jobFile), nodes, jobs, idleJobs, List.copyOf(broken));
        } catch (IOException e) {
            throw new UnreadableTrace("%s cannot be read: %s".formatted(folder, e.getMessage()), e);
        } catch (UncheckedIOException e) {
            throw new UnreadableTrace("%s is not readable as CSV: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private static Path only(Path folder, Set<String> columns, String what) throws IOException {
        try (var files = Files.list(folder)) {
            var matching = files.filter(file -> file.toString().endsWith(".csv"))
                    .filter(file -> hasColumns(file, columns))
                    .sorted()
                    .toList();
            if (matching.size() != 1) {
                throw new UnreadableTrace("%s must hold exactly one CSV file of %s (columns %s), found %d"
                        .formatted(folder, what, columns.stream().sorted().toList(), matching.size()));
            }
            return matching.getFirst();
        }
    }

    private static boolean hasColumns(Path file, Set<String> columns) {
        try (var parser = CSVParser.parse(file, StandardCharsets.UTF_8, FORMAT)) {
            return parser.getHeaderNames().containsAll(columns);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException _) {
            return false; // no header, or one that names a column twice: some other kind of file
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
                        idleJobs++;
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
        return new TraceNode(name(row, "sn"), gpus, name(row, "model"));
    }

    private @Nullable TraceJob job(CSVRecord row) {
        var name = name(row, "name");
        long gpus = number(row, "num_gpu", 0, MAX_GPUS_PER_NODE);
        long share = number(row, "gpu_milli", 0, 1_000);
        if (gpus == 0 || share == 0 || row.get("scheduled_time").isEmpty()) {
            return null;
        }
        long scheduled = number(row, "scheduled_time", 0, MAX_SECOND);
        long deleted = number(row, "deletion_time", 0, MAX_SECOND);
        if (deleted < scheduled) {
            throw new BadCell("deletion_time %d is before scheduled_time %d".formatted(deleted, scheduled));
        }
        return deleted == scheduled ? null : new TraceJob(name, gpus * share, name(row, "qos"), scheduled, deleted);
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
            long value = Long.parseLong(text);
            if (value < min || value > max) {
                throw new BadCell("%s must be from %d to %d, was %d".formatted(column, min, max, value));
            }
            return value;
        } catch (NumberFormatException _) {
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
