package menara.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page that the build makes: it stands in the repository as it would be made now. */
final class GeneratedPage {

    private static final String WRITE = "menara.write";

    private GeneratedPage() {}

    /** Compares, or writes it anew when {@code -Dmenara.write=true} asks for that. */
    static void check(String path, String expected) throws IOException {
        Path page = Sources.ROOT.resolve(path);
        if (Boolean.getBoolean(WRITE)) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, expected);
        }
        assertThat(page)
                .as("make it anew: ./mvnw -pl deploy/local/tests -am test -D%s=true", WRITE)
                .hasContent(expected);
    }
}
