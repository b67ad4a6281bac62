package menara.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The arguments of {@code ./menara bench}.
 *
 * @param json where to write the figures
 */
record Arguments(String bench, Optional<Path> json) {

    /** @throws IllegalArgumentException if they are not {@code NAME [--json FILE]} with a known name */
    static Arguments parse(List<String> given, Set<String> benches) {
        if (given.isEmpty()) {
            throw new IllegalArgumentException("which bench?");
        }
        if (!benches.contains(given.getFirst())) {
            throw new IllegalArgumentException("no bench " + given.getFirst());
        }
        return switch (given.size()) {
            case 1 -> new Arguments(given.getFirst(), Optional.empty());
            case 3 -> new Arguments(given.getFirst(), Optional.of(file(given.get(1), given.get(2))));
            default -> throw new IllegalArgumentException("unknown arguments after " + given.getFirst());
        };
    }

    private static Path file(String option, String value) {
        if (!option.equals("--json")) {
            throw new IllegalArgumentException("unknown option " + option);
        }
        return Path.of(value);
    }
}
