package menara.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The field's words, as the code says them: the glossary is made from docstrings, and the words it replaced name nothing any more. */
class GlossaryTest {

    private static final String TERMS = "deploy/local/src/test/resources/menara/architecture/terms.txt";
    private static final Pattern TYPE = Pattern.compile("(?m)^[\\w @]*(?:class|record|interface|enum) (\\w+)");
    private static final Pattern CAMEL = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    /** A word that was given up, and what is said instead. */
    private static final Map<String, String> GIVEN_UP = Map.ofEntries(
            Map.entry("Shell", "CommandHandler"),
            Map.entry("Endpoint", "Controller"),
            Map.entry("Carry", "RolloverBalance"),
            Map.entry("Journal", "Log"),
            Map.entry("Leak", "RevenueLeakage"),
            Map.entry("Issuer", "Seller"),
            Map.entry("Promise", "Commitment"),
            Map.entry("Wish", "Request"),
            Map.entry("Settlement", "Reassessment"),
            Map.entry("Stories", "AuditTrail"));

    private record Term(String word, String meaning, String where) {}

    @Test
    void the_glossary_says_what_the_docstrings_say() throws IOException {
        var page = new StringBuilder("""
                # Glossary

                The words of the house, each with the first sentence of its type's docstring; made by the build, `GlossaryTest` holds it. What a service stores and publishes under
                these names is listed in [the picture of the whole](PICTURE.md).

                | term | meaning | where |
                |---|---|---|
                """);
        var terms = new TreeMap<String, Term>();
        for (var type : Sources.read(Sources.ROOT.resolve(TERMS)).lines().toList()) {
            var term = term(type);
            assertThat(terms.put(term.word(), term))
                    .as("two types are called %s", term.word())
                    .isNull();
        }
        terms.values()
                .forEach(term ->
                        page.append("| %s | %s | `%s` |%n".formatted(term.word(), term.meaning(), term.where())));
        GeneratedPage.check("deploy/architecture/GLOSSARY.md", page.toString());
    }

    @Test
    void a_word_that_was_given_up_names_no_type() {
        var found = new TreeSet<String>();
        Sources.SERVICES.stream()
                .flatMap(service -> Stream.of(Sources.app(service), Sources.contract(service))
                        .flatMap(List::stream))
                .forEach(source -> TYPE.matcher(Sources.read(source))
                        .results()
                        .map(type -> type.group(1))
                        .filter(type -> Stream.of(CAMEL.split(type)).anyMatch(GIVEN_UP::containsKey))
                        .forEach(type -> found.add(type + " in " + Sources.ROOT.relativize(source))));
        assertThat(found).as("say instead: %s", GIVEN_UP).isEmpty();
    }

    private static Term term(String qualified) {
        var name = qualified.substring(qualified.lastIndexOf('.') + 1);
        Path source = Stream.of("services", "shared-kernel")
                .flatMap(folder -> Sources.javaBelow(folder).stream())
                .filter(file -> file.toString().endsWith("src/main/java/" + qualified.replace('.', '/') + ".java"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no type " + qualified));
        var text = Sources.read(source);
        var declaration = Pattern.compile("(?m)^[\\w @-]*(?:class|record|interface|enum) " + name + "\\b")
                .matcher(text);
        assertThat(declaration.find()).as(qualified).isTrue();
        var meaning = Sources.firstSentence(text.substring(0, declaration.start()) + "\n#", "\n#");
        return new Term(
                String.join(" ", CAMEL.split(name)).toLowerCase(Locale.ROOT),
                meaning.orElseThrow(() -> new AssertionError(qualified + " has no docstring")),
                qualified);
    }
}
