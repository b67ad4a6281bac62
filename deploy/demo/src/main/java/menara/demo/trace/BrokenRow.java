package menara.demo.trace;

import java.nio.file.Path;

/**
 * A row that was left out.
 *
 * @param file the file it stands in
 * @param line 1-based line number in that file
 * @param reason what is wrong with it
 */
public record BrokenRow(Path file, long line, String reason) {

    @Override
    public String toString() {
        return "%s:%d: %s".formatted(file.getFileName(), line, reason);
    }
}
