package menara.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
        State state = new State(directory);
        state.open();
        Files.delete(state.data().resolve("format"));
        assertThatThrownBy(state::open).isInstanceOf(LauncherFailure.class).hasMessageContaining("unknown");
    }

    @Test
    void only_one_launcher_starts_things_at_a_time() throws Exception {
        State state = new State(directory);
        state.open();
        try (var _ = state.lock(Duration.ZERO)) {
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
                    .contains("Another ./menara is starting or stopping things");
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
    void secrets_are_written_whole_and_only_when_there_are_new_ones() throws Exception {
        State state = new State(directory);
        state.open();
        Secrets.of(state);
        Path file = state.secrets().resolve("secrets.properties");
        // A second name shows whether the file was written over or replaced.
        Path before = Files.createLink(directory.resolve("before"), file);
        Secrets.of(state);
        assertThat(Files.isSameFile(before, file)).isTrue();
        // As after an update that brings a client.
        Files.writeString(file, Files.readString(file).replaceAll("(?m)^finance-export=.*\n", ""));
        Secrets.of(state);
        assertThat(Files.isSameFile(before, file)).isFalse();
        assertThat(Files.readString(before)).doesNotContain("finance-export");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void two_parts_never_share_a_port() {
        assertThatThrownBy(() -> Settings.of(directory, Map.of("MENARA_GATEWAY_PORT", "8083")))
                .isInstanceOf(LauncherFailure.class)
                .hasMessageContainingAll("MENARA_BILLING_PORT", "MENARA_GATEWAY_PORT", "8083");
    }

    @Test
    void other_commands_find_what_was_started_elsewhere_without_being_told_again() throws Exception {
        State state = new State(directory);
        state.open();
        Settings started = Settings.of(
                directory,
                Map.of("MENARA_GATEWAY_PORT", "18080", "MENARA_MONGODB_URI", "mongodb://me:secret@db.example/"));
        started.remember(state);
        Settings later = Settings.of(directory, Map.of()).asRemembered(state);
        assertThat(later).isEqualTo(started);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.settings())))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> Settings.of(directory, Map.of()).requireSameAs(started))
                .isInstanceOf(LauncherFailure.class)
                .hasMessageContainingAll("MENARA_GATEWAY_PORT=18080", "now it would be 8080", "./menara down");
    }

    @Test
    void whoever_asks_for_another_database_is_told_what_it_was_and_no_secret() {
        Settings own = Settings.of(directory, Map.of());
        Settings given = Settings.of(directory, Map.of("MENARA_MONGODB_URI", "mongodb://me:secret@db.example/"));
        assertThatThrownBy(() -> own.requireSameAs(given))
                .isInstanceOf(LauncherFailure.class)
                .hasMessageContainingAll(
                        "MENARA_MONGODB_URI=mongodb://…@db.example/", "now it would be the embedded server")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> given.requireSameAs(own))
                .isInstanceOf(LauncherFailure.class)
                .hasMessageContainingAll("with the embedded MongoDB server", "Leave it out")
                .hasMessageNotContaining("secret");
    }

    @Test
    void reset_removes_what_menara_made_and_nothing_else() throws Exception {
        Path home = directory.resolve("home");
        State state = new State(home);
        state.open();
        Secrets.of(state);
        Path photos = Files.createDirectory(directory.resolve("photos"));
        Files.writeString(photos.resolve("beach.jpg"), "sun");
        Files.writeString(home.resolve("note.txt"), "mine");
        Files.delete(state.programs());
        Files.createSymbolicLink(state.programs(), photos);

        assertThat(reset(state, true)).isZero();

        assertThat(home).isDirectoryContaining("glob:**/note.txt");
        try (var left = Files.list(home)) {
            assertThat(left).hasSize(1);
        }
        assertThat(photos.resolve("beach.jpg")).exists();
    }

    @Test
    void somebody_elses_folder_is_neither_used_nor_removed() throws Exception {
        Files.writeString(directory.resolve("beach.jpg"), "sun");
        Files.createDirectories(directory.resolve("logs"));
        State state = new State(directory);
        assertThatThrownBy(state::open)
                .isInstanceOf(LauncherFailure.class)
                .hasMessageContainingAll("was not made by Menara", "MENARA_STATE_DIR");
        assertThatThrownBy(() -> reset(state, true))
                .isInstanceOf(LauncherFailure.class)
                .hasMessageContaining("was not made by Menara");
        assertThat(directory.resolve("beach.jpg")).exists();
        assertThat(directory.resolve("logs")).exists();
    }

    @Test
    void reset_asks_before_it_removes() throws Exception {
        State state = new State(directory.resolve("home"));
        state.open();
        assertThat(new Down(settings(), state).reset(false, answer("n"))).isEqualTo(1);
        assertThat(new Down(settings(), state).reset(false, answer(""))).isEqualTo(1);
        assertThat(state.data()).exists();
        assertThatThrownBy(() -> new Down(settings(), state).reset(false, Optional.empty()))
                .isInstanceOf(LauncherFailure.class)
                .hasMessageContaining("--yes");
        assertThat(new Down(settings(), state).reset(false, answer("y"))).isZero();
        assertThat(state.directory()).doesNotExist();
    }

    @Test
    void a_folder_that_cannot_be_made_is_said_without_a_class_name() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dmenara.state=" + file.resolve("state"),
                        "menara.local.Menara",
                        "up")
                .redirectErrorStream(true)
                .start();
        assertThat(new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("MENARA_STATE_DIR")
                .doesNotContain("Exception");
        assertThat(other.waitFor()).isEqualTo(1);
    }

    @Test
    void each_service_gets_its_own_address_or_the_one_for_all_and_none_is_left_without() throws Exception {
        State state = new State(directory);
        Settings settings = Settings.of(
                directory,
                Map.of(
                        "MENARA_MONGODB_URI", "mongodb://all@db.example/",
                        "MENARA_MONGODB_URI_BILLING", "mongodb://billing:secret@db.example/"));
        assertThat(settings.databases().byService())
                .containsEntry("billing", "mongodb://billing:secret@db.example/")
                .containsEntry("capacity", "mongodb://all@db.example/");
        state.open();
        settings.remember(state);
        assertThat(Settings.of(directory, Map.of()).asRemembered(state)).isEqualTo(settings);
        assertThatThrownBy(() -> Settings.of(directory, Map.of("MENARA_MONGODB_URI_BILLING", "mongodb://db.example/")))
                .isInstanceOf(LauncherFailure.class)
                .hasMessageContainingAll(
                        "MENARA_MONGODB_URI_OPERATIONS",
                        "MENARA_MONGODB_URI_CAPACITY",
                        "MENARA_MONGODB_URI_INVESTMENT");
        assertThatThrownBy(() -> Settings.of(directory, Map.of("MENARA_MONGODB_URI", "http://db.example/")))
                .isInstanceOf(LauncherFailure.class)
                .hasMessageContaining("must look like mongodb://");
    }

    private int reset(State state, boolean agreed) throws Exception {
        return new Down(settings(), state).reset(agreed, Optional.empty());
    }

    private Settings settings() {
        return Settings.of(directory, Map.of());
    }

    private static Optional<BufferedReader> answer(String text) {
        return Optional.of(new BufferedReader(new StringReader(text + "\n")));
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
