package menara.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class SliceGrammarTest {

    private static final String CROOKED = "menara.crooked";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path sources;

    @TestFactory
    Stream<DynamicTest> crooked_slices_break_every_rule() {
        var classes = new ClassFileImporter().importPackages(CROOKED);
        return SliceGrammar.rules(CROOKED, classes)
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getDescription(),
                        () -> assertThat(rule.evaluate(classes).hasViolation()).isTrue()));
    }

    @Test
    void rules_that_meet_nothing_are_kept() {
        var nothing = new ClassFileImporter().importClasses();

        assertThat(SliceGrammar.rules(CROOKED, nothing))
                .noneMatch((ArchRule rule) -> rule.evaluate(nothing).hasViolation());
    }

    @Test
    void a_class_of_more_lines_than_are_read_in_one_go_is_refused() throws IOException {
        Files.write(sources.resolve("Long.java"), Collections.nCopies(SmallRooms.MOST_LINES + 1, "//"));

        assertThatThrownBy(() -> SmallRooms.check(sources))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Long.java");
    }

    @Test
    void a_folder_of_more_files_than_one_story_needs_is_refused() throws IOException {
        for (int n = 0; n <= SmallRooms.MOST_FILES; n++) {
            Files.createFile(sources.resolve("File" + n + ".java"));
        }

        assertThatThrownBy(() -> SmallRooms.check(sources)).isInstanceOf(AssertionError.class);
    }
}
