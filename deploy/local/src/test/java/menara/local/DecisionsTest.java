package menara.local;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The decisions have one form, those that change each other say so on both sides, and the index has them all. */
class DecisionsTest {

    private static final Path FOLDER =
            Path.of("..", "..", "shared-kernel", "decisions").toAbsolutePath().normalize();

    private static final String INDEX = "README.md";

    private static final List<String> SECTIONS = List.of("Context", "Decision", "Not chosen", "Consequences");

    /** {@code | 36 | [title](file) | status |}; tables of another form are no part of the index. */
    private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\| \\[(.+)]\\((\\S+)\\) \\| (.+) \\|");

    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)\\)");

    @SuppressWarnings("NullAway.Init")
    private static Map<String, Decision> decisions;

    @BeforeAll
    static void read() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            decisions = files.filter(file -> !file.getFileName().toString().equals(INDEX))
                    .map(Decision::read)
                    .collect(Collectors.toMap(Decision::file, Function.identity()));
        }
    }

    @Test
    void each_decision_has_the_number_of_its_file_and_no_other_has_it() {
        assertThat(decisions.values()).isNotEmpty().allSatisfy(decision -> {
            assertThat(decision.file()).matches(Decision.NAME);
            assertThat(decision.file()).startsWith("%04d-".formatted(decision.number()));
        });
        assertThat(decisions.values()).extracting(Decision::number).doesNotHaveDuplicates();
    }

    @Test
    void each_decision_says_below_its_title_whether_it_holds_and_when_it_was_decided() {
        assertThat(decisions.values()).allSatisfy(decision -> {
            assertThat(decision.status()).isNotBlank();
            assertThat(decision.decidedOn()).isNotNull();
        });
    }

    @Test
    void each_decision_tells_why_what_what_else_there_was_and_what_follows() {
        assertThat(decisions.values())
                .allSatisfy(decision ->
                        assertThat(decision.sections()).as(decision.file()).isEqualTo(SECTIONS));
    }

    @Test
    void a_decision_that_takes_the_place_of_an_earlier_one_is_named_by_it_and_names_it() {
        assertNamedOnBothSides(Decision::supersedes, Decision::supersededBy);
    }

    @Test
    void a_decision_that_changes_a_part_of_an_earlier_one_is_named_by_it_and_names_it() {
        assertNamedOnBothSides(Decision::amends, Decision::amendedBy);
    }

    @Test
    void every_decision_that_a_decision_links_to_is_there_under_its_number() {
        assertThat(decisions.values())
                .allSatisfy(decision -> assertThat(decision.links()).allSatisfy(link -> {
                    assertThat(decisions).as(decision.file()).containsKey(link.group(2));
                    assertThat(link.group(2)).startsWith("%04d-".formatted(Integer.parseInt(link.group(1))));
                }));
    }

    @Test
    void the_index_has_each_decision_once_with_its_title_and_its_status() throws IOException {
        List<String> lines = Files.readAllLines(FOLDER.resolve(INDEX));
        assertThat(lines.stream().map(ROW::matcher).filter(row -> row.matches()))
                .extracting(row -> List.of(row.group(1), row.group(2), row.group(3), row.group(4)))
                .containsExactlyInAnyOrderElementsOf(decisions.values().stream()
                        .map(decision -> List.of(
                                Integer.toString(decision.number()),
                                decision.title(),
                                decision.file(),
                                decision.status()))
                        .toList());
        assertThat(lines.stream().flatMap(line -> LINK.matcher(line).results()))
                .allSatisfy(link -> assertThat(FOLDER.resolve(link.group(1))).isRegularFile());
    }

    private static void assertNamedOnBothSides(
            Function<Decision, List<String>> earlierOnes, Function<Decision, List<String>> laterOnes) {
        List<Change> changes = decisions.values().stream()
                .flatMap(later -> earlierOnes.apply(later).stream().map(earlier -> new Change(earlier, later.file())))
                .toList();
        assertThat(changes)
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(decisions.values().stream()
                        .flatMap(earlier ->
                                laterOnes.apply(earlier).stream().map(later -> new Change(earlier.file(), later)))
                        .toList())
                .allSatisfy(
                        change -> assertThat(decidedOn(change.later())).isAfterOrEqualTo(decidedOn(change.earlier())));
    }

    private static LocalDate decidedOn(String file) {
        return requireNonNull(decisions.get(file), file).decidedOn();
    }

    /** Files of two decisions. */
    private record Change(String earlier, String later) {}
}
