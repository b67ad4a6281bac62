package menara.platform.web;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import menara.values.PlainText;
import menara.values.refusals.InvalidField;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads a table with known columns, as {@link Csv} or a spreadsheet writes it. */
public final class CsvReader {

    /** A longer cell is not a name or number, but a sign of another kind of file. */
    static final int MAX_CELL_LENGTH = 10_000;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private CsvReader() {}

    /**
     * @param number line of the text that it begins on, from 1
     * @param cells as they were before they were written
     */
    public record Line(int number, List<String> cells) {}

    /**
     * @param columns the names in the first line
     * @param most lines after the first; more are refused
     * @return the lines after the first, without empty ones, each with as many cells as there are columns
     * @throws InvalidField naming the line of the text that cannot be read
     */
    public static List<Line> read(String text, List<String> columns, int most) {
        var plain = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        CsvQuotes.check(plain);
        var lines = new ArrayList<Line>();
        boolean header = true;
        try (var parser = CSVParser.builder()
                .setReader(new StringReader(plain))
                .setFormat(Csv.FORMAT.builder().setIgnoreEmptyLines(false).get())
                .get()) {
            var records = parser.iterator();
            // The parser counts the lines it has read; a record may take several, so where it begins is asked before it
            // is read.
            for (long begins = 1; records.hasNext(); begins = parser.getCurrentLineNumber() + 1) {
                var line = line((int) begins, records.next());
                if (header) {
                    requireHeader(line, columns);
                    header = false;
                } else if (!isEmpty(line)) {
                    require(line, columns);
                    if (lines.size() == most) {
                        throw invalid(line.number(), "is one more than the %,d lines that are read".formatted(most));
                    }
                    lines.add(line);
                }
            }
        } catch (IOException e) {
            throw new InvalidField("", "the table cannot be read: " + e.getMessage());
        }
        if (header) {
            requireHeader(new Line(1, List.of()), columns);
        }
        return lines;
    }

    private static Line line(int number, CSVRecord written) {
        return new Line(number, written.stream().map(Csv::plain).toList());
    }

    private static boolean isEmpty(Line line) {
        return line.cells().size() == 1 && line.cells().getFirst().isEmpty();
    }

    private static void requireHeader(Line line, List<String> columns) {
        if (!line.cells().equals(columns)) {
            throw invalid(line.number(), "must be " + String.join(",", columns));
        }
    }

    private static void require(Line line, List<String> columns) {
        if (line.cells().size() != columns.size()) {
            throw invalid(
                    line.number(),
                    "has %d cells, and the table has %d columns"
                            .formatted(line.cells().size(), columns.size()));
        }
        for (int i = 0; i < columns.size(); i++) {
            var cell = line.cells().get(i);
            if (cell.length() > MAX_CELL_LENGTH) {
                throw invalid(line, columns.get(i), "is longer than %,d characters".formatted(MAX_CELL_LENGTH));
            }
            if (!PlainText.isWellFormed(cell)) {
                throw invalid(line, columns.get(i), "must not contain control characters or broken characters");
            }
        }
    }

    private static InvalidField invalid(Line line, String column, String detail) {
        return new InvalidField("line %d %s".formatted(line.number(), column), detail);
    }

    private static InvalidField invalid(int line, String detail) {
        return new InvalidField("line " + line, detail);
    }
}
