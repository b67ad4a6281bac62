package menara.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Menara whose MongoDB is somebody's own, and is not there. One that is there is part of {@link MainJobTest}, on a house that was up already. */
class OwnDatabaseTest {

    /** What the launcher promises, and the start of two JVMs on a busy machine. */
    private static final Duration SAID_WITHIN = Duration.ofSeconds(30);

    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @BeforeEach
    void a_place() throws IOException {
        directory = Files.createTempDirectory(Files.createDirectories(Path.of("target/state")), "own-")
                .toAbsolutePath();
    }

    @AfterEach
    void nothing_runs() throws Exception {
        assertThat(new LocalMenara(directory.resolve("menara")).run("down").exitCode())
                .isZero();
    }

    @Test
    void an_address_where_nobody_answers_is_said_in_a_sentence_and_nothing_is_left_running() throws Exception {
        int nobody;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        var menara = new LocalMenara(
                directory.resolve("menara"),
                Map.of("MENARA_MONGODB_URI", "mongodb://me:my-secret@127.0.0.1:%d/".formatted(nobody)));
        long started = System.nanoTime();
        var up = menara.run("up", "--detach");
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(SAID_WITHIN);
        assertThat(up.exitCode()).isEqualTo(1);
        assertThat(up.output())
                .contains("No MongoDB answers", "127.0.0.1:" + nobody, "Start it, mend the address")
                .doesNotContain("\tat ", "Exception", "my-secret");
        try (Stream<Path> records = Files.list(menara.state("run"))) {
            assertThat(records.map(Path::toString)).noneMatch(record -> record.endsWith(".pid"));
        }
    }
}
