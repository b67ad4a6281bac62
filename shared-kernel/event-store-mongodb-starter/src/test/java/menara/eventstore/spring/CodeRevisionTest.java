package menara.eventstore.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles a small service in several versions. */
class CodeRevisionTest {

    private static final String STATE = "record State(java.util.List<Part> parts, int count) {}";
    private static final String PART = "record Part(String name) {}";
    private static final String FOLDING = """
            class Folding {
                static State evolve(State before, Event event) { return new State(before.parts(), before.count() + Rules.weight()); }
            }""";
    private static final String RULES = "class Rules { static int weight() { return 1; } }";
    private static final String EVENT = "sealed interface Event { record Added(Kind kind) implements Event {} }";
    private static final String KIND = "enum Kind { ONE, OTHER }";
    private static final String STRANGER = "class Stranger { int any() { return 1; } }";

    private static final Map<String, String> SERVICE = Map.of(
            "State",
            STATE,
            "Part",
            PART,
            "Folding",
            FOLDING,
            "Rules",
            RULES,
            "Event",
            EVENT,
            "Kind",
            KIND,
            "Stranger",
            STRANGER);

    @TempDir
    private Path directory;

    private int versions;

    /** The revision of the folding when one class is written otherwise. */
    private String revision(String name, String source) throws IOException, ClassNotFoundException {
        var version = Files.createDirectory(directory.resolve("version-" + versions++));
        var files = Stream.concat(
                        SERVICE.entrySet().stream()
                                .filter(entry -> !entry.getKey().equals(name)),
                        Stream.of(Map.entry(name, source)))
                .map(entry -> write(version, entry.getKey(), entry.getValue()))
                .toList();
        var arguments = Stream.concat(Stream.of("-proc:none", "-d", version.toString()), files.stream())
                .toArray(String[]::new);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments))
                .isZero();
        try (var loader = new URLClassLoader(new URL[] {version.toUri().toURL()}, null)) {
            return CodeRevision.of("service.", loader.loadClass("service.Folding"));
        }
    }

    private static String write(Path version, String name, String source) {
        try {
            return Files.writeString(version.resolve(name + ".java"), "package service;\n" + source)
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void the_same_code_has_the_same_revision() throws IOException, ClassNotFoundException {
        assertThat(revision("State", STATE)).isEqualTo(revision("State", STATE));
    }

    @Test
    void it_changes_with_the_components_of_the_state_and_of_what_is_in_it() throws IOException, ClassNotFoundException {
        var before = revision("State", STATE);

        assertThat(revision("State", STATE.replace("int count", "long count"))).isNotEqualTo(before);
        // Named by the signature of a component alone.
        assertThat(revision("Part", "record Part(String name, int size) {}")).isNotEqualTo(before);
    }

    @Test
    void it_changes_with_what_folds_and_whatever_that_calls() throws IOException, ClassNotFoundException {
        var before = revision("State", STATE);

        for (var changed : List.of(
                revision("Folding", FOLDING.replace("+", "-")),
                revision("Rules", RULES.replace("1", "2")),
                revision("Event", EVENT.replace("Kind kind", "Kind kind, int amount")),
                revision("Kind", KIND.replace("ONE, OTHER", "OTHER, ONE")))) {
            assertThat(changed).isNotEqualTo(before);
        }
    }

    @Test
    void it_stays_when_something_else_changes() throws IOException, ClassNotFoundException {
        assertThat(revision("Stranger", STRANGER.replace("1", "2"))).isEqualTo(revision("State", STATE));
    }
}
