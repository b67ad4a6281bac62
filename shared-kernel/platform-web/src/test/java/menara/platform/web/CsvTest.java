package menara.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import menara.values.refusals.InvalidField;
import org.junit.jupiter.api.Test;

class CsvTest {

    private static final List<String> PARTS = List.of(
            "a", "'", "\"", ",", "\n", "\r", "\r\n", "=", "+", "-", "@", "\t", " ", ";", "\\", "é", "منارة", "#", "");

    @Test
    void what_is_written_is_what_is_read_and_nothing_of_it_is_run_by_a_spreadsheet() {
        long seed = Long.getLong("menara.seed", System.nanoTime());
        System.out.println("CsvTest: -Dmenara.seed=" + seed);
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            var cells = List.of(odd(random), odd(random), odd(random));
            var text = Csv.line(List.of("x", "y", "z")) + Csv.line(cells);

            var lines = CsvReader.read(text, List.of("x", "y", "z"), 1);

            assertThat(lines).as(text).containsExactly(new CsvReader.Line(2, cells));
            for (var cell : cells) {
                var written = Csv.line(List.of(cell, "end"));
                var shown = written.startsWith("\"") ? written.substring(1) : written;
                assertThat("=+-@\t\r".indexOf(shown.charAt(0))).as(written).isNegative();
            }
        }
    }

    @Test
    void numbers_stay_numbers() {
        assertThat(Csv.line(List.of("a", -5, new java.math.BigDecimal("-1E+3"))))
                .isEqualTo("a,-5,-1000\r\n");
    }

    @Test
    void too_many_lines_and_too_long_cells_are_refused_by_their_line() {
        assertRefused("line 1", "");
        assertRefused("line 1", "a,c\r\n");
        assertRefused("line 5", "a,b\r\n1,2\r\n\r\n3,4\r\n5,6\r\n");
        assertRefused("line 2 b", "a,b\r\n1," + "x".repeat(10_001) + "\r\n");
        assertRefused("line 3 b", "a,b\r\n1,2\r\n3,4\u0000\r\n");
        assertRefused("line 2 a", "a,b\r\n\ud800,2\r\n");
        assertRefused("line 3", "a,b\r\n\"1\n2\"x,2\r\n");
        assertRefused("line 2", "a,b\r\n\"1\n2,2\r\n");
    }

    private static void assertRefused(String field, String text) {
        assertThatThrownBy(() -> CsvReader.read(text, List.of("a", "b"), 2))
                .isInstanceOfSatisfying(
                        InvalidField.class,
                        invalid -> assertThat(invalid.field()).isEqualTo(field));
    }

    private static String odd(SplittableRandom random) {
        var parts = new ArrayList<String>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            parts.add(PARTS.get(random.nextInt(PARTS.size())));
        }
        return String.join("", parts);
    }
}
