package menara.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is shared by all can be read in one go too. */
class SharedKernelRoomsTest {

    private static final Path SHARED_KERNEL = Path.of("..");

    static List<Path> modules() throws IOException {
        try (var all = Files.list(SHARED_KERNEL)) {
            return all.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void no_class_is_longer_than_two(Path sources) throws IOException {
        SmallRooms.checkFiles(sources);
    }

    /** The other modules have packages of the small types that everybody uses. */
    @ParameterizedTest
    @MethodSource("modules")
    void no_room_of_the_event_store_is_crowded(Path sources) throws IOException {
        if (sources.startsWith(SHARED_KERNEL.resolve("event-store-mongodb"))) {
            SmallRooms.checkFolders(sources);
        }
    }
}
