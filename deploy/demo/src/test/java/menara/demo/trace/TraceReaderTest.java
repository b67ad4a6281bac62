package menara.demo.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceReaderTest {

    private static final Path TRACE = Path.of("src/test/resources/trace");

    @TempDir
    Path folder;

    @Test
    void good_rows_are_read_and_idle_jobs_are_counted() {
        var trace = TraceReader.read(TRACE);

        assertThat(trace.nodes())
                .extracting(TraceNode::name)
                .containsExactly("node-a1", "node-a2", "node-a3", "node-a4", "node-b1", "node-b3");
        assertThat(trace.jobs())
                .containsExactly(
                        new TraceJob("job-0000", 1_000, "LS", 0, 2_592_000),
                        new TraceJob("job-0001", 460, "LS", 427_063, 1_290_297),
                        new TraceJob("job-0002", 8_000, "BE", 3_600, 7_201),
                        new TraceJob("job-0005", 330, "BE", 1_000, 1_001),
                        new TraceJob("job-0008", 4_000, "Guaranteed", 2_505_601, 2_592_000),
                        new TraceJob("job-0010", 2_000, "BE", 100_000, 186_400));
        assertThat(trace.idleJobs()).isEqualTo(2);
        assertThat(trace.lastSecond()).isEqualTo(2_592_000);
    }

    @Test
    void each_broken_row_is_reported_with_its_line_number() {
        assertThat(TraceReader.read(TRACE).broken())
                .extracting(BrokenRow::toString)
                .containsExactly(
                        "nodes.csv:7: gpu must be a whole number, was \"two\"",
                        "nodes.csv:8: node-b1 stands in an earlier row too",
                        "jobs.csv:8: num_gpu must be from 0 to 1000, was -1",
                        "jobs.csv:9: deletion_time 1000 is before scheduled_time 2000",
                        "jobs.csv:11: has 5 cells, the header has 11");
    }

    @Test
    void the_same_content_has_the_same_name_wherever_it_lies() throws IOException {
        copy("nodes.csv", "machines.csv");
        copy("jobs.csv", "pods.csv");

        assertThat(TraceReader.read(folder).name())
                .isEqualTo(TraceReader.read(TRACE).name())
                .startsWith("trace-");
    }

    @Test
    void a_folder_without_jobs_says_which_columns_are_wanted() throws IOException {
        copy("nodes.csv", "nodes.csv");

        assertThatThrownBy(() -> TraceReader.read(folder))
                .isInstanceOf(UnreadableTrace.class)
                .hasMessageContaining("exactly one CSV file of jobs")
                .hasMessageContaining("scheduled_time");
    }

    @Test
    void a_missing_folder_says_so() {
        assertThatThrownBy(() -> TraceReader.read(folder.resolve("nowhere")))
                .isInstanceOf(UnreadableTrace.class)
                .hasMessageContaining("is not a folder");
    }

    private void copy(String from, String to) throws IOException {
        Files.copy(TRACE.resolve(from), folder.resolve(to));
    }
}
