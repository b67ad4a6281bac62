package menara.testkit;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Files and folders that can be read in one go. */
final class SmallRooms {

    /** A longer class is two. */
    static final int MOST_LINES = 300;

    /** A slice of one story has about fifteen files; more than these are two slices. */
    static final int MOST_FILES = 18;

    private SmallRooms() {}

    static void check(Path sources) throws IOException {
        List<Path> files;
        try (var all = Files.walk(sources)) {
            files = all.filter(path -> path.toString().endsWith(".java")).toList();
        }
        for (var file : files) {
            assertThat(Files.readAllLines(file)).as("lines of %s", file).hasSizeLessThanOrEqualTo(MOST_LINES);
        }
        Map<Path, Long> folders = files.stream().collect(groupingBy(Path::getParent, counting()));
        folders.forEach(
                (folder, found) -> assertThat(found).as("files in %s", folder).isLessThanOrEqualTo(MOST_FILES));
    }
}
