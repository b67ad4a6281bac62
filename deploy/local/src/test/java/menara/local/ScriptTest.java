package menara.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./menara} as a person meets it before any Java runs. */
class ScriptTest {

    /** {@code   logs NAME [-f]   the log of one part}. */
    private static final Pattern USAGE_LINE = Pattern.compile("(?m)^ {2}([a-z][a-z-]*)(?= )");

    /** {@code   down | status)}. */
    private static final Pattern CHOICE = Pattern.compile("(?m)^ {2}([a-z-]+(?: \\| [a-z-]+)*)\\)$");

    @TempDir
    Path directory;

    private Path script;

    record Outcome(int exit, String output) {}

    @BeforeEach
    void a_copy_in_a_folder_with_a_space() throws IOException {
        Path project = Files.createDirectories(directory.resolve("my projects").resolve("menara"));
        Path original = Path.of("..", "..", "menara").toAbsolutePath().normalize();
        script = Files.copy(original, project.resolve("menara"), StandardCopyOption.COPY_ATTRIBUTES);
    }

    @Test
    void java_home_comes_first() throws Exception {
        Path chosen = jdk("chosen", "25.0.1");
        jdk("places/other", "25.0.2");
        assertThat(run(Map.of("JAVA_HOME", chosen.toString()), "jdk")).isEqualTo(new Outcome(0, chosen + "\n"));
    }

    @Test
    void a_java_home_that_is_too_old_is_passed_over() throws Exception {
        Path old = jdk("old", "17.0.15");
        Path wanted = jdk("places/temurin-25", "25");
        assertThat(run(Map.of("JAVA_HOME", old.toString()), "jdk")).isEqualTo(new Outcome(0, wanted + "\n"));
    }

    @Test
    void the_jdk_on_the_path_comes_before_the_usual_places() throws Exception {
        Path onPath = jdk("on path", "25.0.1");
        jdk("places/other", "25.0.2");
        assertThat(run(Map.of("PATH", onPath.resolve("bin") + ":/usr/bin:/bin"), "jdk"))
                .isEqualTo(new Outcome(0, onPath + "\n"));
    }

    @Test
    void a_jre_without_a_compiler_and_a_version_that_only_begins_alike_do_not_count() throws Exception {
        Files.delete(jdk("places/a-jre", "25.0.1").resolve("bin").resolve("javac"));
        jdk("places/b-future", "250.0.1");
        Path wanted = jdk("places/c-right", "25.0.1");
        assertThat(run(Map.of(), "jdk")).isEqualTo(new Outcome(0, wanted + "\n"));
    }

    @Test
    void no_jdk_is_said_with_what_to_do() throws Exception {
        jdk("places/old", "21.0.4");
        Outcome outcome = run(Map.of(), "up");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.output()).contains("no JDK 25 found", "JAVA_HOME", "Install one");
    }

    @Test
    void a_failed_build_is_said_with_its_errors() throws Exception {
        jdk("places/right", "25.0.1");
        executable(
                script.resolveSibling("mvnw"),
                "#!/bin/sh\necho '[INFO] Scanning'\necho '[ERROR] Foo.java:[3,1] no such thing'\nexit 1\n");
        Outcome outcome = run(Map.of(), "up");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.output())
                .contains("[ERROR] Foo.java:[3,1] no such thing", "the build failed", "build.log")
                .doesNotContain("Scanning");
    }

    @Test
    void nothing_is_built_into_somebody_elses_folder() throws Exception {
        jdk("places/right", "25.0.1");
        Path photos = Files.createDirectory(directory.resolve("photos"));
        Files.writeString(photos.resolve("beach.jpg"), "sun");
        Outcome outcome = run(Map.of("MENARA_STATE_DIR", photos.toString()), "reset");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.output()).contains("was not made by Menara", "MENARA_STATE_DIR");
        assertThat(photos).isDirectoryContaining("glob:**/beach.jpg");
        try (var entries = Files.list(photos)) {
            assertThat(entries).hasSize(1);
        }
    }

    @Test
    void a_folder_that_only_looks_a_little_like_ours_is_left_alone() throws Exception {
        jdk("places/right", "25.0.1");
        Path other = directory.resolve("other");
        Files.writeString(Files.createDirectories(other.resolve("data")).resolve("format"), "parquet");
        Outcome outcome = run(Map.of("MENARA_STATE_DIR", other.toString()), "reset");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.output()).contains("was not made by Menara");
        assertThat(other.resolve("logs")).doesNotExist();
    }

    @Test
    void it_works_through_a_link_from_elsewhere() throws Exception {
        Path wanted = jdk("places/right", "25.0.1");
        Path link = Files.createSymbolicLink(directory.resolve("m"), script);
        assertThat(start(link, Map.of(), "jdk")).isEqualTo(new Outcome(0, wanted + "\n"));
    }

    @Test
    void its_syntax_is_sound_also_where_no_test_comes_by() throws Exception {
        assertThat(bash(Map.of(), List.of("-n", script.toString()))).isEqualTo(new Outcome(0, ""));
    }

    @Test
    void the_usage_names_each_command_that_there_is_and_no_other() throws Exception {
        Outcome usage = run(Map.of(), "help");
        assertThat(usage.exit()).isZero();
        assertThat(words(USAGE_LINE, usage.output())).containsExactlyInAnyOrderElementsOf(commands());
    }

    /** Of the script's last choice, without those that only ask for the usage. */
    private Set<String> commands() throws IOException {
        String source = Files.readString(script);
        Set<String> commands = words(CHOICE, source.substring(source.lastIndexOf("case ${1:-} in")));
        assertThat(commands).contains("up", "down", "help");
        commands.removeIf(command -> command.equals("help") || command.startsWith("-"));
        return commands;
    }

    private static Set<String> words(Pattern line, String text) {
        return line.matcher(text)
                .results()
                .flatMap(found -> Stream.of(found.group(1).split("\\s*\\|\\s*")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void an_unknown_command_shows_the_usage() throws Exception {
        Outcome outcome = run(Map.of(), "fly");
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.output()).contains("Usage: ./menara COMMAND");
    }

    private Outcome run(Map<String, String> environment, String... arguments) throws Exception {
        return start(script, environment, arguments);
    }

    private Outcome start(Path script, Map<String, String> environment, String... arguments) throws Exception {
        return bash(
                environment,
                Stream.concat(Stream.of(script.toString()), Stream.of(arguments))
                        .toList());
    }

    private Outcome bash(Map<String, String> environment, List<String> arguments) throws Exception {
        var command = new ArrayList<>(List.of("bash"));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        Map<String, String> given = builder.environment();
        given.clear();
        given.put("PATH", pathWithoutJava());
        given.put("HOME", directory.resolve("home").toString());
        given.put("MENARA_JDK_PLACES", directory.resolve("places").toString());
        given.putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }

    /** The few tools of the script and nothing else, because a JDK may stand in /usr/bin beside them. */
    private String pathWithoutJava() throws IOException {
        Path tools = Files.createDirectories(directory.resolve("tools"));
        for (String tool : new String[] {
            "bash", "sh", "dirname", "readlink", "grep", "sed", "find", "head", "mkdir", "mv", "rm", "cat", "tail", "ls"
        }) {
            String original = Files.exists(Path.of("/usr/bin", tool)) ? "/usr/bin/" + tool : "/bin/" + tool;
            executable(tools.resolve(tool), "#!/bin/sh\nexec " + original + " \"$@\"\n");
        }
        return tools.toString();
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = directory.toRealPath().resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
        executable(home.resolve("bin").resolve("java"), "#!/bin/sh\necho '    java.home = " + home + "' >&2\n");
        executable(home.resolve("bin").resolve("javac"), "#!/bin/sh\n");
        return home;
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
