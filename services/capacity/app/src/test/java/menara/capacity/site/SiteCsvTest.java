package menara.capacity.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;
import menara.capacity.site.SiteDocument.CommissioningEntry;
import menara.capacity.site.SiteDocument.HallEntry;
import menara.capacity.site.SiteDocument.PhaseEntry;
import menara.capacity.site.SiteDocument.RackEntry;
import menara.testkit.Seeds;
import menara.values.NodeId;
import menara.values.PhaseId;
import menara.values.Power;
import menara.values.RackId;
import menara.values.refusals.InvalidField;
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

    @Test
    void what_follows_a_closing_quote_is_refused_by_its_line_and_makes_no_second_row() {
        assertRefused("line 2", HEADER + "phase,p1,,,,,5,,,,,,,,\"a\"b,c\r\n");
        assertRefused(
                "line 3",
                HEADER
                        + "phase,p1,,,,,5,,,,,,,,one,2026-01-01\r\nhall,h1,p1,,,,\"1000\"hall,h2,p1,,,,1000,,,,,,,,,\r\n");
        assertRefused("line 2", HEADER + "phase,p1,,,,,5,,,,,,,,a \"b\",2026-01-01\r\n");
        assertRefused("line 2", HEADER + "phase,p1,,,,,5,,,,,,,,one,2026-01-01,more\r\n");
    }

    @Test
    void lines_are_counted_as_an_editor_counts_them() {
        var begun = HEADER + "phase,p1,,,,,5,,,,,,,,\"one\r\ntwo\nthree\",2026-01-01\r\n";
        assertRefused("line 5 kind", begun + "windmill,w1,,,,,5,1,0,100,,,,,,\r\n");
        assertRefused("line 6 kind", begun + "\nwindmill,w1,,,,,5,1,0,100,,,,,,\r\n");
        assertRefused("line 5", begun + "phase,p2,,,,,5,,,,,,,,\"one\",\"x\"y\r\n");
    }

    @Test
    void a_site_that_is_exported_and_imported_is_the_same_whatever_people_call_things() {
        long seed = Seeds.of(SiteCsvTest.class);
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 5_000; i++) {
            var phase = new PhaseEntry(
                    new PhaseId("p1"),
                    odd(random),
                    Power.watts(1 + random.nextLong(1_000_000)),
                    LocalDate.of(2026, 1, 1),
                    List.of(new CommissioningEntry(Power.watts(1), Instant.parse("2026-01-01T00:00:00Z"))));
            var rack = new RackEntry(
                    new RackId("r1"),
                    new NodeId("h1"),
                    random.nextBoolean() ? new NodeId("row") : null,
                    72,
                    odd(random),
                    Power.watts(132),
                    random.nextBoolean() ? new NodeId("a") : null,
                    null,
                    random.nextBoolean() ? new NodeId("c") : null);
            var site = new SiteDocument(
                    List.of(phase),
                    List.of(),
                    List.of(new HallEntry(new NodeId("h1"), new PhaseId("p1"), Power.watts(5))),
                    List.of(rack));

            var csv = SiteCsv.write(site);
            assertThat(SiteCsv.read(csv)).isEqualTo(site);
            assertThat(SiteCsv.read("\uFEFF" + csv))
                    .as("with a byte order mark")
                    .isEqualTo(site);
        }
    }

    private static String odd(SplittableRandom random) {
        var parts = List.of(
                "a", "'", "\"", ",", "\n", "\r", "\r\n", "=", "+", "-", "@", "\t", " ", ";", "\\", "é", "منارة", "#",
                "1");
        var text = new StringBuilder();
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            text.append(parts.get(random.nextInt(parts.size())));
        }
        return text.toString();
    }

    private static void assertRefused(String field, String csv) {
        assertThatThrownBy(() -> SiteCsv.read(csv))
                .isInstanceOfSatisfying(
                        InvalidField.class,
                        invalid -> assertThat(invalid.field()).isEqualTo(field));
    }
}
