package menara.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFilesTest {

    private static final int MOST_BYTES = 1_000;
    private static final int KEPT = 3;

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
    void a_log_that_others_could_read_is_its_owners_from_the_next_start_on() throws Exception {
        Files.writeString(state.log("billing"), "before\n");
        Files.setPosixFilePermissions(state.log("billing"), PosixFilePermissions.fromString("rw-r--r--"));
        logs.forAppending("billing");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.log("billing"))))
                .isEqualTo("rw-------");
        assertThat(state.log("billing")).content().startsWith("before\n--- started ");
    }
}
