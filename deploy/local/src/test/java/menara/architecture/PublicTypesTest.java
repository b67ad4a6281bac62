package menara.architecture;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is public is so by decision: the page lists it, and in a service another room uses it. */
class PublicTypesTest {

    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern PUBLIC_TYPE = Pattern.compile(
            "(?m)^public (?:(?:final|abstract|sealed|non-sealed) )*(?:class|record|interface|enum|@interface) (\\w+)");
    private static final Pattern MENTION = Pattern.compile("menara(?:\\.[a-z]\\w*)+\\.[A-Z]\\w*");
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    /** Their public types are for whoever uses them, not only for this house. */
    private static final List<String> LIBRARIES = List.of("shared-kernel/", "/contract");

    /** Made by Tomcat or Spring, which know only their names. */
    private static final Set<String> MADE_BY_NAME =
            Set.of("menara.gateway.connections.SharedConnections", "menara.gateway.problems.ProblemReportValve");

    private record PublicType(String module, String room, String name) {

        String qualified() {
            return room + "." + name;
        }
    }

    @Test
    void the_page_lists_every_public_type_by_module_and_package() throws IOException {
        var page = new StringBuilder("""
                # What is public

                Made by the build; `PublicTypesTest` holds it, so that a new public type is a choice that somebody sees. What a module's other packages and other modules do not need
                is package-private.

                """);
        Map<String, List<PublicType>> byModule = publicTypes().collect(groupingBy(PublicType::module));
        modules().filter(byModule::containsKey).forEach(module -> {
            page.append("## %s%n%n".formatted(module));
            byModule.getOrDefault(module, List.of()).stream()
                    .collect(groupingBy(PublicType::room, TreeMap::new, mapping(PublicType::name, toList())))
                    .forEach((room, names) -> page.append("- `%s`: %s%n"
                            .formatted(
                                    room,
                                    String.join(", ", names.stream().sorted().toList()))));
            page.append('\n');
        });
        GeneratedPage.check("deploy/architecture/PUBLIC.md", page.toString());
    }

    @Test
    void what_is_public_in_a_service_is_used_in_another_room() {
        Set<String> used = new HashSet<>();
        modules()
                .flatMap(module -> Stream.of("main", "test")
                        .flatMap(kind -> Sources.javaBelow(module + "/src/" + kind + "/java").stream()))
                .forEach(source -> {
                    var text = Sources.read(source);
                    var room = roomOf(text) + ".";
                    MENTION.matcher(PACKAGE.matcher(text).replaceFirst(""))
                            .results()
                            .map(found -> found.group())
                            .filter(type -> !type.startsWith(room) || type.indexOf('.', room.length()) >= 0)
                            .forEach(used::add);
                });
        assertThat(publicTypes()
                        .filter(type -> LIBRARIES.stream().noneMatch(type.module()::contains))
                        .filter(type -> !used.contains(type.qualified()) && !MADE_BY_NAME.contains(type.qualified()))
                        .filter(type -> !isPartOfAnother(type))
                        .map(PublicType::qualified))
                .as("public without another room that uses it")
                .isEmpty();
    }

    /** Another public type of the room has it in what it offers. */
    private static boolean isPartOfAnother(PublicType type) {
        var word = Pattern.compile("\\b" + type.name() + "\\b");
        return publicTypes()
                .filter(other -> other.room().equals(type.room()) && !other.equals(type))
                .anyMatch(other -> word.matcher(offered(other)).find());
    }

    /** Its declaration and its public members, as far as a line of text tells. */
    private static String offered(PublicType type) {
        return Sources.read(Sources.ROOT.resolve(
                        type.module() + "/src/main/java/" + type.qualified().replace('.', '/') + ".java"))
                .lines()
                .filter(line -> line.contains("public ") || !line.contains("private "))
                .filter(line -> !line.strip().startsWith("*") && !line.strip().startsWith("import "))
                .collect(java.util.stream.Collectors.joining("\n"));
    }

    private static Stream<PublicType> publicTypes() {
        var types = new ArrayList<PublicType>();
        modules().forEach(module -> {
            for (Path source : Sources.javaBelow(module + "/src/main/java")) {
                var text = Sources.read(source);
                PUBLIC_TYPE
                        .matcher(text)
                        .results()
                        .forEach(found -> types.add(new PublicType(module, roomOf(text), found.group(1))));
            }
        });
        return types.stream();
    }

    private static Stream<String> modules() {
        return MODULE.matcher(Sources.read(Sources.ROOT.resolve("pom.xml")))
                .results()
                .map(found -> found.group(1));
    }

    private static String roomOf(String text) {
        var room = PACKAGE.matcher(text);
        return room.find() ? room.group(1) : "";
    }
}
