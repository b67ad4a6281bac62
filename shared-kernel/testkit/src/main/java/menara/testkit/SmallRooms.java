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
        checkFiles(sources);
        checkFolders(sources);
    }

    static void checkFiles(Path sources) throws IOException {
        for (var file : files(sources)) {
            assertThat(Files.readAllLines(file)).as("lines of %s", file).hasSizeLessThanOrEqualTo(MOST_LINES);
        }
    }

    static void checkFolders(Path sources) throws IOException {
        Map<Path, Long> folders = files(sources).stream().collect(groupingBy(Path::getParent, counting()));
        folders.forEach(
                (folder, found) -> assertThat(found).as("files in %s", folder).isLessThanOrEqualTo(MOST_FILES));
    }

    private static List<Path> files(Path sources) throws IOException {
        try (var all = Files.walk(sources)) {
            return all.filter(path -> path.toString().endsWith(".java")).toList();
        }
    }
}
