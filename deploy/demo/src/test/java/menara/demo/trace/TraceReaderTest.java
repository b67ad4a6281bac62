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
    void other_columns_are_refused_with_those_that_were_seen() throws IOException {
        copy("nodes.csv", "nodes.csv");
        Files.writeString(folder.resolve("jobs.csv"), "job,gpus,start,end\nj1,1,0,3600\n");
        assertThatThrownBy(() -> TraceReader.read(folder))
                .isInstanceOf(UnreadableTrace.class)
                .hasMessageContainingAll(
                        "name, scheduled_time, deletion_time and num_gpu or gpu_milli",
                        "jobs.csv has job, gpus, start, end");
    }

    @Test
    void whole_numbers_written_as_decimals_are_read_and_true_fractions_are_not() throws IOException {
        copy("nodes.csv", "nodes.csv");
        Files.writeString(folder.resolve("jobs.csv"), """
                name,num_gpu,gpu_milli,scheduled_time,deletion_time
                a,2.0,500.0,0.0,3600.0
                b,1,1000,0,3600.5
                """);
        var trace = TraceReader.read(folder);
        assertThat(trace.jobs()).containsExactly(new TraceJob("a", 1_000, "", 0, 3_600));
        assertThat(trace.broken())
                .extracting(BrokenRow::toString)
                .contains("jobs.csv:3: deletion_time must be a whole number, was \"3600.5\"");
    }

    @Test
    void gpus_or_thousandths_of_them_suffice() throws IOException {
        copy("nodes.csv", "nodes.csv");
        Files.writeString(folder.resolve("jobs.csv"), "name,gpu_milli,scheduled_time,deletion_time\na,2500,0,10\n");
        assertThat(TraceReader.read(folder).jobs()).containsExactly(new TraceJob("a", 2_500, "", 0, 10));
        Files.writeString(folder.resolve("jobs.csv"), "name,num_gpu,scheduled_time,deletion_time\na,8,0,10\n");
        assertThat(TraceReader.read(folder).jobs()).containsExactly(new TraceJob("a", 8_000, "", 0, 10));
    }

    @Test
    void jobs_that_still_run_are_named() throws IOException {
        copy("nodes.csv", "nodes.csv");
        Files.writeString(
                folder.resolve("jobs.csv"),
                "name,num_gpu,scheduled_time,deletion_time\nover,8,0,10\nstill,8,5,\nidle,0,0,10\n");
        var trace = TraceReader.read(folder);
        assertThat(trace.running()).containsExactly("still");
        assertThat(trace.idleJobs()).isEqualTo(1);
    }

    @Test
    void a_trace_of_which_nothing_can_be_imported_is_refused_as_a_whole() throws IOException {
        copy("nodes.csv", "nodes.csv");
        Files.writeString(
                folder.resolve("jobs.csv"), "name,num_gpu,scheduled_time,deletion_time\na,8,yesterday,today\n");
        assertThatThrownBy(() -> TraceReader.read(folder))
                .isInstanceOf(UnreadableTrace.class)
                .hasMessageContainingAll("no job that used GPUs", "jobs.csv:2", "yesterday");
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
