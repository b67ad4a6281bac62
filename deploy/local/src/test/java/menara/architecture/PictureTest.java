package menara.architecture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The picture of the whole: modules, slices, and the events between them. */
class PictureTest {

    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern ARTIFACT = Pattern.compile("</parent>\\s*<artifactId>menara-([^<]+)</artifactId>");
    private static final Pattern DEPENDENCY = Pattern.compile(
            "<dependency><groupId>menara</groupId><artifactId>menara-([^<]+)</artifactId>(?:<version>[^<]*</version>)?(<scope>test</scope>)?");
    private static final Pattern CONTRACT_USE = Pattern.compile("menara\\.(\\w+)\\.contract\\.([A-Z]\\w+)");

    @Test
    void the_picture_shows_the_modules_the_slices_and_the_events_between_them() throws IOException {
        var page = new StringBuilder("""
                # A picture of the whole

                Made by the build from the poms, the packages and the sources; `PictureTest` holds it. An arrow reads "uses".

                ## Modules

                """);
        page.append(modules());
        page.append("\n## Events between the services\n\n").append(events());
        for (var service : Sources.SERVICES) {
            page.append("\n## Slices of %s%n%n".formatted(service)).append(slices(service));
        }
        GeneratedPage.check("deploy/architecture/PICTURE.md", page.toString());
    }

    private static String modules() {
        var lines = new StringBuilder("```mermaid\nflowchart TD\n");
        var pom = Sources.read(Sources.ROOT.resolve("pom.xml"));
        MODULE.matcher(pom)
                .results()
                .map(found -> found.group(1))
                .filter(module -> !module.endsWith("/tests"))
                .forEach(module -> {
                    var text = Sources.read(Sources.ROOT.resolve(module).resolve("pom.xml"));
                    Matcher artifact = ARTIFACT.matcher(text);
                    if (artifact.find()) {
                        var name = artifact.group(1);
                        lines.append("  %s[%s]%n".formatted(name, module));
                        DEPENDENCY
                                .matcher(text)
                                .results()
                                .filter(found -> found.group(2) == null)
                                .map(found -> found.group(1))
                                .distinct()
                                .forEach(used -> lines.append("  %s --> %s%n".formatted(name, used)));
                    }
                });
        return lines.append("```\n").toString();
    }

    /** Which slices of other services hear an event of a contract. */
    private static String events() {
        var heard = new TreeMap<String, Set<String>>();
        for (var service : Sources.SERVICES) {
            for (var source : Sources.app(service)) {
                CONTRACT_USE
                        .matcher(Sources.read(source))
                        .results()
                        .filter(found -> !found.group(1).equals(service))
                        .forEach(found -> heard.computeIfAbsent(
                                        found.group(1) + "." + found.group(2), _ -> new TreeSet<>())
                                .add(service + " " + Sources.slice(service, source)));
            }
        }
        var lines = new StringBuilder("```mermaid\nflowchart LR\n");
        var between = new TreeMap<String, Set<String>>();
        heard.forEach((event, slices) -> slices.forEach(slice -> between.computeIfAbsent(
                        "%s -->|%%s| %s".formatted(event.split("\\.")[0], slice.split(" ")[0]), _ -> new TreeSet<>())
                .add(event.split("\\.")[1])));
        between.forEach((arrow, events) -> lines.append("  ")
                .append(arrow.formatted(String.join("<br>", events)))
                .append('\n'));
        lines.append("```\n\n| published by | event | what it says | heard by |\n|---|---|---|---|\n");
        for (var service : Sources.SERVICES) {
            for (var source : Sources.contract(service)) {
                var text = Sources.read(source);
                if (text.contains("@PublishedEvent(")) {
                    var name = Sources.typeName(source);
                    lines.append("| %s | `%s` | %s | %s |%n"
                            .formatted(
                                    service,
                                    name,
                                    Sources.firstSentence(text, "@PublishedEvent(")
                                            .orElse(""),
                                    String.join(", ", heard.getOrDefault(service + "." + name, Set.of()))));
                }
            }
        }
        return lines.toString();
    }

    private static String slices(String service) {
        Map<String, String> rooms = new TreeMap<>();
        Map<String, Set<String>> uses = new TreeMap<>();
        List<Path> sources = Sources.app(service);
        for (var source : sources) {
            if (Sources.typeName(source).equals("package-info")
                    && !Sources.slice(service, source).isEmpty()) {
                rooms.put(
                        Sources.slice(service, source),
                        Sources.firstSentence(Sources.read(source), "package menara")
                                .orElse(""));
            }
        }
        var other = Pattern.compile("import (?:static )?menara\\.%s\\.([a-z.]+)\\.[A-Z]".formatted(service));
        for (var source : sources) {
            var slice = Sources.slice(service, source);
            other.matcher(Sources.read(source))
                    .results()
                    .map(found -> found.group(1).replace('.', '/'))
                    .filter(used -> rooms.containsKey(used) && rooms.containsKey(slice) && !used.equals(slice))
                    .forEach(used ->
                            uses.computeIfAbsent(slice, _ -> new TreeSet<>()).add(used));
        }
        var lines = new StringBuilder("```mermaid\nflowchart TD\n");
        rooms.keySet().forEach(room -> lines.append("  %s[%s]%n".formatted(id(room), room)));
        uses.forEach((slice, used) ->
                used.forEach(each -> lines.append("  %s --> %s%n".formatted(id(slice), id(each)))));
        lines.append("```\n\n| slice | what it is for |\n|---|---|\n");
        rooms.forEach((room, purpose) -> lines.append("| %s | %s |%n".formatted(room, purpose)));
        return lines.toString();
    }

    private static String id(String room) {
        return room.replace('/', '_');
    }
}
