package menara.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The table of security requirements as a test reads it. */
record SecurityTable(List<String> lines, List<Row> rows) {

    static final Pattern REQUIREMENT = Pattern.compile("\\bV\\d+\\.\\d+\\.\\d+\\b");

    /** {@code | id | level | about | state | where | test |} */
    private static final int CELLS = 6;

    /**
     * @param chapter the heading above the row
     * @param test classes in code type, or {@code none}, or a dash
     */
    record Row(String chapter, String id, int level, String state, String test) {}

    static SecurityTable read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<Row> rows = new ArrayList<>();
        String chapter = "";
        for (String line : lines) {
            if (line.startsWith("## ")) {
                chapter = line.substring("## ".length());
            } else if (line.startsWith("| V")) {
                List<String> cells = cells(line);
                if (REQUIREMENT.matcher(cells.getFirst()).matches()) {
                    rows.add(row(chapter, cells));
                }
            }
        }
        return new SecurityTable(lines, rows);
    }

    private static Row row(String chapter, List<String> cells) {
        if (cells.size() != CELLS) {
            throw new IllegalArgumentException("a row has %d cells: %s".formatted(CELLS, cells));
        }
        return new Row(chapter, cells.get(0), Integer.parseInt(cells.get(1)), cells.get(3), cells.get(5));
    }

    static List<String> cells(String line) {
        return Arrays.stream(line.substring(1, line.length() - 1).split("\\|"))
                .map(String::strip)
                .toList();
    }

    /** What stands below a heading. */
    Stream<String> section(String heading) {
        return lines.stream()
                .dropWhile(line -> !line.equals("## " + heading))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "));
    }
}
