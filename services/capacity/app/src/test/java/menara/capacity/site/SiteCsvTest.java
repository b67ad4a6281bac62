package menara.capacity.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import menara.platform.web.InvalidField;
import org.junit.jupiter.api.Test;

class SiteCsvTest {

    private static final String HEADER =
            "kind,node,within,row,fed_by,cooled_by,power_w,units,spare,utilisation_percent,volts,amperes,electric_phases,gpus,text,from\r\n";

    @Test
    void the_table_says_the_same_as_the_document() {
        var reference = ReferenceCampus.document();

        assertThat(SiteCsv.read(SiteCsv.write(reference))).isEqualTo(reference);
    }

    @Test
    void a_cell_that_cannot_be_read_is_named_by_line_and_column() {
        assertRefused("line 1", "kind,node\r\n");
        assertRefused("line 2 kind", HEADER + "windmill,w1,,,,,5,1,0,100,,,,,,\r\n");
        assertRefused("line 2 units", HEADER + "utility,u1,,,,,5,0,0,100,,,,,,\r\n");
        assertRefused("line 3 power_w", HEADER + "utility,u1,,,,,5,1,0,100,,,,,,\r\nhall,h1,p1,,,,much,,,,,,,,,\r\n");
        assertRefused("line 2 from", HEADER + "phase,p1,,,,,5,,,,,,,,Phase 1,soon\r\n");
        assertRefused("line 2 within", HEADER + "commissioning,,p1,,,,5,,,,,,,,,2026-01-01T00:00:00Z\r\n");
        assertRefused("line 2", HEADER + "phase,p1,,,,,5,,,,,,,,\"Phase 1\r\n");
    }

    @Test
    void quoted_cells_may_hold_commas_quotes_and_line_ends() {
        var site = SiteCsv.read(HEADER + "phase,p1,,,,,5,,,,,,,,\"Phase \"\"1\"\",\nnorth\",2026-01-01\r\n");

        assertThat(site.phases().getFirst().name()).isEqualTo("Phase \"1\",\nnorth");
    }

    private static void assertRefused(String field, String csv) {
        assertThatThrownBy(() -> SiteCsv.read(csv))
                .isInstanceOfSatisfying(
                        InvalidField.class,
                        invalid -> assertThat(invalid.field()).isEqualTo(field));
    }
}
