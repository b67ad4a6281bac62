package menara.local;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import menara.local.SecurityTable.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The table of security requirements speaks of this repository: what it names is there, and its figures are those of its rows. */
class SecurityTableTest {

    private static final Path TOP = Path.of("..", "..").toAbsolutePath().normalize();

    /** OWASP ASVS 5.0.0: levels 1 and 2, and level 3 of V8 and V9. In the line of V1, {@code 2.1-9} are V1.2.1 to V1.2.9. */
    private static final String IN_SCOPE = """
            V1: 1.1-2 2.1-9 3.1-11 4.1-3 5.1-2
            V2: 1.1-3 2.1-3 3.1-4 4.1
            V3: 2.1-2 3.1-4 4.1-6 5.1-5 7.1-2
            V4: 1.1-3 2.1 3.1-2 4.1-4
            V5: 1.1 2.1-3 3.1-2 4.1-3
            V6: 1.1-3 2.1-12 3.1-4 4.1-4 5.1-5 6.1-3 8.1-4
            V7: 1.1-3 2.1-4 3.1-2 4.1-5 5.1-2 6.1-2
            V8: 1.1-4 2.1-4 3.1-3 4.1-2
            V9: 1.1-3 2.1-4
            V10: 1.1-2 2.1-2 3.1-4 4.1-11 5.1-5 6.1-2 7.1-3
            V11: 1.1-2 2.1-3 3.1-3 4.1-4 5.1 6.1
            V12: 1.1-3 2.1-2 3.1-4
            V13: 1.1 2.1-5 3.1-2 4.1-5
            V14: 1.1-2 2.1-4 3.1-3
            V15: 1.1-3 2.1-3 3.1-7
            V16: 1.1 2.1-5 3.1-4 4.1-3 5.1-3
            V17: 1.1 2.1-4 3.1-2
            """;

    private static final int REQUIREMENTS = 259;
    private static final List<String> WITH_LEVEL_3 = List.of("V8", "V9");

    private static final String NOT_APPLICABLE = "not applicable";
    private static final List<String> STATES = List.of("met", "partly", "not met", NOT_APPLICABLE);
    private static final List<String> MISSING = List.of("partly", "not met");
    private static final String DASH = "–";

    private static final Pattern RANGE = Pattern.compile("(\\d+)\\.(\\d+)(?:-(\\d+))?");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern CLASS = Pattern.compile("([A-Z](?=\\w*[a-z])[A-Za-z0-9]*)(?:\\.([a-z]\\w*))?");
    private static final Pattern FILE = Pattern.compile("(?:[\\w-]+/)*[\\w-]+\\.(?:md|xml|yaml|js)");
    private static final Pattern DECISION = Pattern.compile("\\bADR (\\d+)");

    /** Where the sources of a class of that name are. */
    private static final Map<String, List<Path>> SOURCES = new HashMap<>();

    @SuppressWarnings("NullAway.Init")
    private static SecurityTable table;

    @BeforeAll
    static void read() throws IOException {
        table = SecurityTable.read(TOP.resolve("deploy/security/ASVS.md"));
        Files.walkFileTree(TOP, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                boolean made = name.startsWith(".") || name.equals("target");
                return made ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                if (name.endsWith(".java")) {
                    SOURCES.computeIfAbsent(name.substring(0, name.length() - ".java".length()), _ -> new ArrayList<>())
                            .add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Test
    void each_requirement_of_the_standard_stands_once_in_its_chapter() {
        assertThat(table.rows())
                .extracting(Row::id)
                .containsExactlyElementsOf(inScope())
                .hasSize(REQUIREMENTS);
        assertThat(table.rows()).allSatisfy(row -> {
            String chapter = row.id().substring(0, row.id().indexOf('.'));
            assertThat(row.chapter()).as(row.id()).startsWith(chapter + " ");
            assertThat(row.level()).as(row.id()).isBetween(1, WITH_LEVEL_3.contains(chapter) ? 3 : 2);
        });
    }

    @Test
    void each_state_is_one_of_four_and_only_what_does_not_apply_says_nothing_of_tests() {
        assertThat(table.rows()).allSatisfy(row -> {
            assertThat(row.state()).as(row.id()).isIn(STATES);
            assertThat(row.test().equals(DASH))
                    .as(row.id())
                    .isEqualTo(row.state().equals(NOT_APPLICABLE));
        });
    }

    @Test
    void the_figures_are_those_of_the_rows() {
        Map<String, List<Long>> said = new TreeMap<>();
        table.section("In figures")
                .filter(line -> line.startsWith("| V") || line.startsWith("| all"))
                .map(SecurityTable::cells)
                .forEach(cells -> said.put(
                        cells.getFirst(),
                        cells.stream().skip(1).map(Long::valueOf).toList()));
        Map<String, List<Long>> counted = new TreeMap<>();
        table.rows().stream()
                .collect(groupingBy(Row::chapter))
                .forEach((chapter, rows) -> counted.put(chapter, byState(rows)));
        counted.put("all", byState(table.rows()));

        assertThat(said).isEqualTo(counted);
    }

    @Test
    void what_is_said_to_be_missing_is_what_is_partly_or_not_met() {
        List<String> said = table.section("What is missing, and what it would take")
                .flatMap(line -> SecurityTable.REQUIREMENT.matcher(line).results())
                .map(MatchResult::group)
                .toList();
        assertThat(said)
                .containsExactlyInAnyOrderElementsOf(table.rows().stream()
                        .filter(row -> MISSING.contains(row.state()))
                        .map(Row::id)
                        .toList());
    }

    @Test
    void every_test_that_is_named_is_a_test() {
        for (Row row : table.rows()) {
            List<String> classes = named(row.test())
                    .flatMap(name -> CLASS.matcher(name).results())
                    .map(name -> name.group(1))
                    .toList();
            if (!List.of("none", DASH).contains(row.test())) {
                assertThat(classes).as(row.id()).isNotEmpty();
            }
            assertThat(classes)
                    .allSatisfy(name -> assertThat(SOURCES.getOrDefault(name, List.of()))
                            .as("%s of %s", name, row.id())
                            .anyMatch(SecurityTableTest::isOfTests));
        }
    }

    @Test
    void every_class_method_and_file_that_is_named_is_there() throws IOException {
        List<String> names =
                table.lines().stream().flatMap(SecurityTableTest::named).toList();
        assertThat(names.stream().filter(name -> FILE.matcher(name).matches()))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(TOP.resolve(file)).isRegularFile());
        for (String name : names) {
            var found = CLASS.matcher(name);
            if (found.matches()) {
                assertThat(SOURCES).as(name).containsKey(found.group(1));
                String declared = found.group(2) == null ? found.group(1) : " " + found.group(2) + "(";
                assertThat(sources(found.group(1))).as(name).anyMatch(source -> source.contains(declared));
            }
        }
    }

    @Test
    void every_decision_that_is_named_was_taken() throws IOException {
        try (Stream<Path> files = Files.list(TOP.resolve("shared-kernel/decisions"))) {
            List<String> taken = files.map(file -> file.getFileName().toString().substring(0, 4))
                    .toList();
            assertThat(table.lines().stream()
                            .flatMap(line -> DECISION.matcher(line).results()))
                    .isNotEmpty()
                    .allSatisfy(decision ->
                            assertThat(taken).contains("%04d".formatted(Integer.parseInt(decision.group(1)))));
        }
    }

    private static List<String> inScope() {
        return IN_SCOPE.lines()
                .flatMap(line -> {
                    int colon = line.indexOf(':');
                    String chapter = line.substring(0, colon);
                    return RANGE.matcher(line.substring(colon))
                            .results()
                            .flatMap(range -> numbers(range)
                                    .mapToObj(number -> "%s.%s.%d".formatted(chapter, range.group(1), number)));
                })
                .toList();
    }

    private static IntStream numbers(MatchResult range) {
        int first = Integer.parseInt(range.group(2));
        return IntStream.rangeClosed(first, range.group(3) == null ? first : Integer.parseInt(range.group(3)));
    }

    private static List<Long> byState(List<Row> rows) {
        Map<String, Long> counts = rows.stream().collect(groupingBy(Row::state, counting()));
        return STATES.stream().map(state -> counts.getOrDefault(state, 0L)).toList();
    }

    /** What stands in code type. */
    private static Stream<String> named(String text) {
        return CODE.matcher(text).results().map(code -> code.group(1));
    }

    private static boolean isOfTests(Path source) {
        String path = TOP.relativize(source).toString();
        return path.contains("/src/test/") || path.startsWith("shared-kernel/testkit/");
    }

    private static List<String> sources(String name) throws IOException {
        List<String> sources = new ArrayList<>();
        for (Path source : SOURCES.getOrDefault(name, List.of())) {
            sources.add(Files.readString(source));
        }
        return sources;
    }
}
