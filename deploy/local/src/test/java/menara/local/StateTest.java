package menara.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateTest {

    @TempDir
    Path directory;

    @Test
    void data_of_another_format_is_refused_with_the_way_out() throws Exception {
        State state = new State(directory);
        state.open();
        Files.writeString(state.data().resolve("format"), "0\n");
        assertThatThrownBy(state::open)
                .isInstanceOf(LauncherFailure.class)
                .hasMessageContainingAll("format 0", "reads " + State.DATA_FORMAT, "./menara reset");
    }

    @Test
    void data_without_a_format_is_refused_too() throws Exception {
        Files.createDirectories(directory.resolve("data"));
        assertThatThrownBy(new State(directory)::open)
                .isInstanceOf(LauncherFailure.class)
                .hasMessageContaining("unknown");
    }

    @Test
    void only_one_launcher_starts_things_at_a_time() throws Exception {
        State state = new State(directory);
        state.open();
        try (var _ = state.lock()) {
            Process other = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "-Dmenara.state=" + directory,
                            "menara.local.Menara",
                            "up")
                    .redirectErrorStream(true)
                    .start();
            assertThat(new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("Another ./menara up");
            assertThat(other.waitFor()).isEqualTo(1);
        }
    }

    @Test
    void secrets_are_made_once_and_readable_by_their_owner_only() throws Exception {
        State state = new State(directory);
        state.open();
        Secrets first = Secrets.of(state);
        assertThat(Secrets.of(state)).isEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.secrets())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(state.secrets().resolve("secrets.properties"))))
                .isEqualTo("rw-------");
    }

    @Test
    void every_port_can_be_set_and_a_wrong_one_is_named() {
        Settings settings = Settings.of(directory, Map.of("MENARA_GATEWAY_PORT", "18080"));
        assertThat(settings.gatewayUri()).isEqualTo("http://127.0.0.1:18080");
        assertThat(settings.capacityPort()).isEqualTo(8082);
        assertThatThrownBy(() -> Settings.of(directory, Map.of("MENARA_BILLING_PORT", "eighty")))
                .isInstanceOf(LauncherFailure.class)
                .hasMessageContainingAll("MENARA_BILLING_PORT", "eighty");
    }

    @Test
    void a_mongodb_of_ones_own_replaces_the_embedded_one() throws Exception {
        Settings settings = Settings.of(directory, Map.of("MENARA_MONGODB_URI", "mongodb://db.example/"));
        State state = new State(directory);
        assertThat(LocalParts.toLookAt(settings, state).all())
                .extracting(Part::name)
                .containsExactly("keycloak", "operations", "capacity", "billing", "investment", "gateway");
        assertThat(LocalParts.toLookAt(Settings.of(directory, Map.of()), state).all())
                .extracting(Part::name)
                .first()
                .isEqualTo("mongodb");
    }

    @Test
    void a_secret_is_handed_to_a_tool_under_a_predictable_name() {
        assertThat(Tool.variable("menara-demo")).isEqualTo("MENARA_DEMO_SECRET");
        assertThat(Tool.variable("finance-export")).isEqualTo("MENARA_FINANCE_EXPORT_SECRET");
    }
}
