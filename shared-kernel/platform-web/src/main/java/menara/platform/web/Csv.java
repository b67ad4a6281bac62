package menara.platform.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.QuoteMode;

/**
 * RFC 4180 text for spreadsheets. Cells a spreadsheet would run as a formula are neutralised with an apostrophe, and so are those that
 * would look neutralised without being so; {@link CsvReader} undoes exactly that.
 */
public final class Csv {

    static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.MINIMAL).get();

    private static final String FORMULA_STARTS = "=+-@\t\r";

    private Csv() {}

    /** One line with CRLF. Numbers should be given as {@link Number}, so that a negative amount stays a number. */
    public static String line(List<?> cells) {
        var line = new StringBuilder();
        try {
            FORMAT.printRecord(line, cells.stream().map(Csv::cell).toArray());
        } catch (IOException e) {
            throw new UncheckedIOException("a string can always be written to", e);
        }
        return line.toString();
    }

    private static String cell(Object value) {
        return switch (value) {
            case BigDecimal decimal -> decimal.toPlainString();
            case Number number -> number.toString();
            default -> looksLikeFormula(value.toString(), 0) ? "'" + value : value.toString();
        };
    }

    /** What {@link #line} did to a cell, undone; every other apostrophe stays. */
    static String plain(String cell) {
        return cell.startsWith("'") && looksLikeFormula(cell, 1) ? cell.substring(1) : cell;
    }

    /** Whether what comes after any apostrophes begins as a formula does. */
    private static boolean looksLikeFormula(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == '\'') {
            at++;
        }
        return at < text.length() && FORMULA_STARTS.indexOf(text.charAt(at)) >= 0;
    }
}
