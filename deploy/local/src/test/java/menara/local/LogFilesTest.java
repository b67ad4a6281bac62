package menara.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFilesTest {

    private static final int MOST_BYTES = 1_000;
    private static final int KEPT = 3;
    private static final int KILLS = 4;
    private static final int LINES_BEFORE_KILL = 2_000;

    @TempDir
    Path directory;

    private State state;
    private LogFiles logs;

    @BeforeEach
    void bounded_logs() throws Exception {
        state = new State(directory.resolve("state"));
        state.open();
        logs = new LogFiles(state, MOST_BYTES, KEPT);
    }

    @Test
    void a_log_is_bounded_in_size_and_number_and_its_last_lines_are_all_there() throws Exception {
        File log = logs.forAppending("billing");
        for (int line = 0; line < 1_000; line++) {
            Files.writeString(log.toPath(), "line " + line + "\n", StandardOpenOption.APPEND);
            logs.bound("billing");
        }
        List<String> written = new ArrayList<>();
        for (int aside = KEPT; aside > 0; aside--) {
            written.addAll(Files.readAllLines(state.log("billing." + aside)));
        }
        written.addAll(Files.readAllLines(log.toPath()));
        List<String> last = new ArrayList<>();
        for (int line = 1_000 - written.size(); line < 1_000; line++) {
            last.add("line " + line);
        }
        assertThat(written).hasSizeGreaterThan(KEPT * MOST_BYTES / 10).isEqualTo(last);
        try (var files = Files.list(state.logs())) {
            assertThat(files.toList()).hasSize(KEPT + 1).allSatisfy(file -> {
                assertThat(Files.size(file)).isLessThan(MOST_BYTES + 100);
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            });
        }
    }

    @Test
    void a_move_that_was_cut_short_is_gone_on_with_and_costs_no_file_that_is_kept() throws Exception {
        Files.writeString(logs.forAppending("billing").toPath(), "x".repeat(MOST_BYTES + 1));
        // Of 1, 2 and 3 the process moved 2 to 3 and died.
        Files.writeString(state.log("billing.1"), "newest");
        Files.writeString(state.log("billing.3"), "older");
        logs.bound("billing");
        assertThat(state.log("billing.1")).content().startsWith("xxx");
        assertThat(state.log("billing.2")).hasContent("newest");
        assertThat(state.log("billing.3")).hasContent("older");
    }

    /** It is killed at any moment, again and again; of the lines that it wrote the last are all there, some of them twice. */
    @Test
    void no_line_is_lost_where_who_puts_logs_aside_is_killed() throws Exception {
        int written = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            var process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writing.class.getName(),
                            directory.resolve("state").toString(),
                            Integer.toString(written))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var told = process.inputReader();
            for (int line = 0; line < LINES_BEFORE_KILL + kill; line++) {
                written = Integer.parseInt(Objects.requireNonNull(told.readLine())) + 1;
            }
            process.destroyForcibly().waitFor();
            var kept = new TreeSet<Integer>();
            for (int aside = KEPT; aside > 0; aside--) {
                kept.addAll(numbers(state.log("billing." + aside)));
            }
            kept.addAll(numbers(state.log("billing")));
            assertThat(kept.last()).isGreaterThanOrEqualTo(written - 1);
            assertThat(kept.last() - kept.first()).as("without a gap: %s", kept).isEqualTo(kept.size() - 1);
            assertThat(kept).hasSizeGreaterThan(KEPT * MOST_BYTES / 20);
            written = kept.last() + 1;
        }
    }

    private static List<Integer> numbers(Path log) throws IOException {
        // Where it was killed between two moves, one number is free.
        var lines = Files.exists(log) ? Files.readAllLines(log) : List.<String>of();
        return lines.stream()
                .filter(line -> line.startsWith("line "))
                .map(line -> Integer.parseInt(line.substring("line ".length())))
                .toList();
    }

    /** A part that puts its own log aside after each line, and says what it wrote. */
    static final class Writing {

        private Writing() {}

        public static void main(String[] arguments) throws IOException {
            var state = new State(Path.of(arguments[0]));
            var logs = new LogFiles(state, MOST_BYTES, KEPT);
            var log = logs.forAppending("billing").toPath();
            for (int line = Integer.parseInt(arguments[1]); ; line++) {
                Files.writeString(log, "line " + line + "\n", StandardOpenOption.APPEND);
                System.out.println(line);
                logs.bound("billing");
            }
        }
    }

    @Test
    void a_log_that_others_could_read_is_its_owners_from_the_next_start_on() throws Exception {
        Files.writeString(state.log("billing"), "before\n");
        Files.setPosixFilePermissions(state.log("billing"), PosixFilePermissions.fromString("rw-r--r--"));
        logs.forAppending("billing");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.log("billing"))))
                .isEqualTo("rw-------");
        assertThat(state.log("billing")).content().startsWith("before\n--- started ");
    }
}
