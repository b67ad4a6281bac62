package menara.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Report report = new Report("event-store", new PrintStream(printed, true, StandardCharsets.UTF_8));

    @Test
    void the_json_file_holds_bench_machine_and_figures_and_nothing_else(@TempDir Path folder) throws IOException {
        report.atLeast("replay-per-s", 250_000.5, "events/s", 200_000);
        report.add("raw-insert-one-1", 14_000, "documents/s");
        report.write(folder.resolve("figures.json"));

        var json = JsonMapper.builder()
                .build()
                .readTree(folder.resolve("figures.json").toFile());
        assertThat(json.propertyNames()).containsExactlyInAnyOrder("bench", "machine", "figures");
        assertThat(json.path("bench").asString()).isEqualTo("event-store");
        assertThat(json.path("machine").asString()).contains("processors", "load");
        assertThat(json.path("figures")).hasSize(2);
        var figure = json.path("figures").path(0);
        assertThat(figure.propertyNames()).containsExactlyInAnyOrder("name", "value", "unit");
        assertThat(figure.path("name").asString()).isEqualTo("replay-per-s");
        assertThat(figure.path("value").asDouble()).isEqualTo(250_000.5);
        assertThat(figure.path("unit").asString()).isEqualTo("events/s");
    }

    @Test
    void the_table_says_which_targets_were_missed() {
        report.atLeast("append-1-vs-insert-one", 0.95, "ratio", 0.9);
        report.atLeast("append-64-durable", 4_999, "events/s", 5_000);
        report.atMost("source-100-of-200k-ms", 5.1, "ms", 5);
        report.atMost("tail-p99-ms", 50, "ms", 50);

        assertThat(printed.toString(StandardCharsets.UTF_8).lines().skip(2))
                .satisfiesExactly(
                        line -> assertThat(line).contains("0.950", "ok, at least 0.900"),
                        line -> assertThat(line).contains("4,999", "MISSED, at least 5,000"),
                        line -> assertThat(line).contains("5.100", "MISSED, at most 5.000"),
                        line -> assertThat(line).contains("50.000", "ok, at most 50.000"));
    }

    @Test
    void a_figure_of_this_run_can_be_asked_for() {
        report.add("raw-insert-one-1", 14_000, "documents/s");

        assertThat(report.value("raw-insert-one-1")).hasValue(14_000);
        assertThat(report.value("raw-insert-one-9")).isEmpty();
    }
}
