package menara.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The sources of the repository, read as text: what they say needs no compiled class. */
final class Sources {

    static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

    static final List<String> SERVICES = List.of("operations", "capacity", "billing", "investment");

    private static final Pattern DOCSTRING = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);
    private static final Pattern TAG = Pattern.compile("\\{@\\w+ ([^}]*)}");
    private static final Pattern SENTENCE_END = Pattern.compile("\\.(\\s|$)");

    private Sources() {}

    /** The Java files below a folder of the repository, in order; none if it is not there. */
    static List<Path> javaBelow(String folder) {
        Path start = ROOT.resolve(folder);
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(start)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sources of a service's slices: its packages, by their last name. */
    static List<Path> app(String service) {
        return javaBelow("services/%s/app/src/main/java/menara/%s".formatted(service, service));
    }

    static List<Path> contract(String service) {
        return javaBelow("services/%s/contract/src/main/java/menara/%s/contract".formatted(service, service));
    }

    /** The slice of a source: its folders below the service's own, {@code usage/keys}; empty for the service's own. */
    static String slice(String service, Path source) {
        Path own = ROOT.resolve("services/%s/app/src/main/java/menara/%s".formatted(service, service));
        return own.relativize(source.getParent()).toString().replace('\\', '/');
    }

    static String typeName(Path source) {
        return source.getFileName().toString().replace(".java", "");
    }

    /** The first sentence of the docstring before {@code mark}; links and code become their text. */
    static Optional<String> firstSentence(String source, String mark) {
        int at = source.indexOf(mark);
        if (at < 0) {
            return Optional.empty();
        }
        return lastDocstring(source.substring(0, at)).map(Sources::plain).map(Sources::firstSentence);
    }

    private static Optional<String> lastDocstring(String before) {
        return DOCSTRING.matcher(before).results().reduce((_, later) -> later).map(found -> found.group(1));
    }

    private static String plain(String docstring) {
        String text = docstring.replaceAll("(?m)^\\s*\\*", " ");
        Matcher tags = TAG.matcher(text);
        text = tags.replaceAll(tag -> Matcher.quoteReplacement(tag.group(1)));
        int tail = text.indexOf(" @");
        return (tail < 0 ? text : text.substring(0, tail))
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String firstSentence(String text) {
        Matcher end = SENTENCE_END.matcher(text);
        return end.find() ? text.substring(0, end.start() + 1) : text;
    }
}
