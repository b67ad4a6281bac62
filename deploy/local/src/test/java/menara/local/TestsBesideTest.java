package menara.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests that a module leaves to another one are run by it, with all that they need: a module that is forgotten would fail nothing. */
class TestsBesideTest {

    private static final Path TOP = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Path TESTS = Path.of("tests", "pom.xml");

    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern ARTIFACT = Pattern.compile("</parent>\\s*(<artifactId>[^<]+</artifactId>)");
    private static final Pattern FOR_TESTS =
            Pattern.compile("<dependency>(?:(?!</dependency>).)*<scope>test</scope>.*?</dependency>", Pattern.DOTALL);
    private static final Pattern ARGUMENTS = Pattern.compile("<surefire.module.args>.*?</surefire.module.args>");

    @SuppressWarnings("NullAway.Init")
    private static List<String> modules;

    @BeforeAll
    static void read() throws IOException {
        modules = found(MODULE, Files.readString(TOP.resolve("pom.xml")));
    }

    @Test
    void each_module_that_leaves_its_tests_to_another_has_one_that_runs_them_and_no_other_has() throws IOException {
        var left = new ArrayList<String>();
        for (String module : modules) {
            if (pom(module).contains("<tests.phase>${tests.beside.phase}</tests.phase>")) {
                left.add(module + "/tests");
            }
        }
        assertThat(left).isNotEmpty();
        assertThat(modules.stream().filter(module -> module.endsWith("/tests")))
                .containsExactlyInAnyOrderElementsOf(left);
    }

    @Test
    void what_tests_need_in_their_module_they_have_beside_it_too() throws IOException {
        for (String module : modules) {
            if (Files.exists(TOP.resolve(module).resolve(TESTS))) {
                String own = pom(module);
                String beside = pom(module + "/tests");
                assertThat(beside).as(module).contains("<tests.folder>${project.basedir}/..</tests.folder>");
                assertThat(beside).as(module).contains(found(ARTIFACT, own));
                assertThat(found(FOR_TESTS, own)).as(module).allMatch(beside::contains);
                assertThat(found(ARGUMENTS, beside)).as(module).isEqualTo(found(ARGUMENTS, own));
            }
        }
    }

    private static String pom(String module) throws IOException {
        return Files.readString(TOP.resolve(module).resolve("pom.xml"));
    }

    /** The group of each match if the pattern has one, else all of it. */
    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(match.groupCount()))
                .toList();
    }
}
