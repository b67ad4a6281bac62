package menara.architecture;

import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import menara.architecture.MainJobPage.Fact;
import menara.architecture.MainJobPage.Slice;

/** What the sources of a service say about its routes, its events and its types. */
final class ServiceFacts {

    private static final Pattern BASE = Pattern.compile("@RequestMapping\\(\"([^\"]*)\"\\)");
    private static final Pattern MAPPING = Pattern.compile("@(Get|Post)Mapping(?:\\(([^)]*)\\))?");
    private static final Pattern PATH = Pattern.compile("^\\s*\"([^\"]*)\"|path = \"([^\"]*)\"");
    private static final Pattern ROUTE = Pattern.compile("\\b(get|post)\\(\\s*\"([^\"]+)\"((?:,\\s*[A-Z_]+)+)");
    private static final Pattern TYPE = Pattern.compile("(?:class|record|interface|enum) ([A-Z]\\w+)");
    private static final Pattern COMMAND = Pattern.compile("record ([A-Z]\\w+)");
    private static final Pattern STORED = Pattern.compile("@Event\\([^)]*\\bname = \"(\\w+)\"");
    private static final Pattern HEARD = Pattern.compile("eventName = \"menara\\.(\\w+)\\.(\\w+)\"");
    private static final Pattern TRANSLATED = Pattern.compile("\\.contract\\.([A-Z]\\w+)\\(");
    private static final Pattern CASE = Pattern.compile("([A-Z]\\w+) \\w+");

    private final String service;

    ServiceFacts(String service) {
        this.service = service;
    }

    /** An event that this service published, and a slice of another service that listens to it. */
    record Listening(String publisher, String event, Slice listener) {}

    boolean has(Slice slice) {
        return slice.service().equals(service)
                && Files.isRegularFile(
                        Sources.ROOT.resolve("services/%s/app/src/main/java/menara/%s/%s/package-info.java"
                                .formatted(service, service, slice.name())));
    }

    /** {@code GET /api/…}, with the slices whose controllers answer it. */
    Map<String, Set<String>> endpoints() {
        var endpoints = new HashMap<String, Set<String>>();
        for (var source : Sources.app(service)) {
            var text = Sources.read(source);
            var base = first(BASE, text).orElse("");
            MAPPING.matcher(text)
                    .results()
                    .forEach(mapping -> endpoints
                            .computeIfAbsent(
                                    mapping.group(1).toUpperCase(Locale.ROOT) + " " + base + path(mapping),
                                    _ -> new HashSet<>())
                            .add(Sources.slice(service, source)));
        }
        return endpoints;
    }

    private static String path(MatchResult mapping) {
        return Optional.ofNullable(mapping.group(2))
                .flatMap(arguments -> PATH.matcher(arguments)
                        .results()
                        .map(found -> Optional.ofNullable(found.group(1)).orElseGet(() -> found.group(2)))
                        .findFirst())
                .orElse("");
    }

    /** Who may call what, by the realm's names of the roles. */
    Map<String, Set<String>> roles() {
        return Sources.app(service).stream()
                .filter(source -> Sources.typeName(source).endsWith("Routes"))
                .flatMap(source -> ROUTE.matcher(Sources.read(source)).results())
                .collect(Collectors.toMap(
                        route -> route.group(1).toUpperCase(Locale.ROOT) + " " + route.group(2),
                        route -> Arrays.stream(route.group(3).split(","))
                                .map(role ->
                                        role.strip().toLowerCase(Locale.ROOT).replace('_', '-'))
                                .collect(Collectors.toSet())));
    }

    Set<String> types() {
        return all(TYPE, _ -> true);
    }

    Set<String> commands() {
        return all(COMMAND, type -> type.endsWith("Commands"));
    }

    Set<String> stored() {
        return all(STORED, _ -> true);
    }

    private Set<String> all(Pattern pattern, Predicate<String> files) {
        return Sources.app(service).stream()
                .filter(source -> files.test(Sources.typeName(source)))
                .flatMap(source -> pattern.matcher(Sources.read(source)).results())
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    /** Names of the events that a policy handles; nothing if there is no such policy. */
    Optional<Set<String>> handledBy(String policy) {
        return Sources.app(service).stream()
                .filter(source -> Sources.typeName(source).equals(policy))
                .map(Sources::read)
                .filter(text -> text.contains("@Policy("))
                .map(text -> HEARD.matcher(text)
                        .results()
                        .map(found -> found.group(2))
                        .collect(Collectors.toSet()))
                .findFirst();
    }

    /** Stored events that others are told of, as this service's publication translates them. */
    Set<Fact> published() {
        var contract = Sources.contract(service).stream()
                .filter(source -> Sources.read(source).contains("@PublishedEvent("))
                .map(Sources::typeName)
                .collect(Collectors.toSet());
        return Sources.app(service).stream()
                .filter(source -> Sources.typeName(source).endsWith("Publication"))
                .flatMap(source ->
                        Stream.of(Sources.read(source).split("\\bcase ")).skip(1))
                .flatMap(branch -> translations(branch, contract))
                .collect(Collectors.toSet());
    }

    private static Stream<Fact> translations(String branch, Set<String> contract) {
        var told = first(TRANSLATED, branch).filter(contract::contains);
        var stored = branch.substring(0, Math.max(0, branch.indexOf("->")));
        return told.stream()
                .flatMap(event ->
                        CASE.matcher(stored).results().map(found -> new Fact(found.group(1), Optional.of(event))));
    }

    /** What this service hears of the others. */
    List<Listening> hears() {
        return Sources.app(service).stream()
                .flatMap(source -> HEARD.matcher(Sources.read(source))
                        .results()
                        .filter(found -> !found.group(1).equals(service))
                        .map(found -> new Listening(
                                found.group(1), found.group(2), new Slice(service, Sources.slice(service, source)))))
                .distinct()
                .toList();
    }

    private static Optional<String> first(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).findFirst();
    }
}
