package menara.capacity.site;

import java.util.ArrayList;
import java.util.List;
import menara.platform.web.InvalidField;

/** Reads RFC 4180 text: cells in quotes may hold commas, quotes and line ends. */
final class CsvReader {

    private final String text;
    private int at;
    private int line = 1;

    private CsvReader(String text) {
        this.text = text;
    }

    /**
     * @param number line of the text it begins on, from 1
     * @param cells as written, without their quotes
     */
    record Line(int number, List<String> cells) {}

    static List<Line> read(String text) {
        var reader = new CsvReader(text);
        var lines = new ArrayList<Line>();
        while (reader.at < text.length()) {
            int number = reader.line;
            var cells = reader.line();
            if (cells.size() > 1 || !cells.getFirst().isEmpty()) {
                lines.add(new Line(number, cells));
            }
        }
        return lines;
    }

    private List<String> line() {
        var cells = new ArrayList<String>();
        cells.add(cell());
        while (at < text.length() && text.charAt(at) == ',') {
            at++;
            cells.add(cell());
        }
        if (at < text.length() && text.charAt(at) == '\r') {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '\n') {
            at++;
        }
        line++;
        return cells;
    }

    private String cell() {
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted();
        }
        int begin = at;
        while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(begin, at);
    }

    private String quoted() {
        int begin = line;
        var cell = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                if (at == text.length() || text.charAt(at) != '"') {
                    return cell.toString();
                }
            } else if (c == '\n') {
                line++;
            }
            cell.append(c);
        }
        throw new InvalidField("line " + begin, "a quoted cell that begins here does not end");
    }
}
