package menara.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Menara whose MongoDB is somebody's own, where each service is a user with the rights that the launcher's README grants, and no other. */
class OwnDatabaseTest {

    private static final List<String> SERVICES = List.of("operations", "capacity", "billing", "investment");
    private static final Path LAUNCHER =
            Path.of("../local/target").toAbsolutePath().normalize();

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
    void services_start_with_exactly_the_rights_that_are_granted_to_each() throws Exception {
        var users = Files.writeString(
                directory.resolve("users.properties"),
                SERVICES.stream().map(OwnDatabaseTest::granted).collect(Collectors.joining()));
        var mongo = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // Nobody reads what it says later, so it has to say little.
                        "-Dlogback.configurationFile=menara/local/mongodb-logback.xml",
                        "-cp",
                        LAUNCHER.resolve("classes") + File.pathSeparator + LAUNCHER.resolve("lib") + "/*",
                        "menara.embeddedmongodb.EmbeddedMongo",
                        "--memory",
                        "--users",
                        users.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = mongo.inputReader()) {
            var address = said.lines()
                    .filter(line -> line.startsWith("listening on "))
                    .findFirst()
                    .orElseThrow();
            var port = address.substring(address.lastIndexOf(':') + 1);
            var menara = new LocalMenara(
                    directory.resolve("menara"),
                    SERVICES.stream()
                            .collect(Collectors.toMap(
                                    OwnDatabaseTest::variable,
                                    service ->
                                            "mongodb://%1$s:secret-of-%1$s@127.0.0.1:%2$s/?authMechanism=SCRAM-SHA-256"
                                                    .formatted(service, port))));
            var up = menara.run("up", "--detach");
            assertThat(up.exitCode()).as(up.output()).isZero();
            assertThat(up.output()).contains("(yours)").doesNotContain("secret-of-");
            assertThat(menara.run("status").exitCode()).isZero();
            assertThat(menara.run("down").exitCode()).isZero();
        } finally {
            mongo.destroyForcibly().waitFor();
        }
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

    private static String variable(String service) {
        return "MENARA_MONGODB_URI_" + service.toUpperCase(java.util.Locale.ROOT);
    }

    /** Its own database to write, and to read what the others published. */
    private static String granted(String service) {
        return "%1$s.secret=secret-of-%1$s%n%1$s.database=menara_%1$s%n%1$s.reads=%2$s%n"
                .formatted(
                        service,
                        SERVICES.stream()
                                .filter(other -> !other.equals(service))
                                .map(other -> "menara_" + other + ".published")
                                .collect(Collectors.joining(" ")));
    }
}
