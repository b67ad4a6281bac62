package menara.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import menara.platform.security.Role;
import menara.platform.security.RouteTable;
import menara.testkit.ExampleWalk.Played;
import menara.testkit.RunningService.Answer;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.pattern.PathPattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Asks for each refusal that an operation is said to give, by its examples with one thing wrong. */
final class ProvokedRefusals {

    /** Given in every operation's stead, when there is too much to do or something that a service needs is away: tests of the platform see it. */
    private static final Set<String> OF_EVERY_OPERATION = Set.of("429", "500", "503");

    private static final String CONFLICT = "409";
    private static final String KEY_REUSED = "422";
    private static final String TOO_LARGE = "413";

    /** One has the form of ids that a service makes, one that of names, one that of months. */
    private static final List<String> UNKNOWN = List.of("019b7c3e-5a10-7000-8000-00000000dead", "nobody", "2031-01");

    private final RunningService service;
    private final JsonMapper json = JsonMapper.builder().build();
    private final Map<String, List<Played>> examples = new HashMap<>();

    ProvokedRefusals(RunningService service) {
        this.service = service;
    }

    void learn(String operation, Played example) {
        examples.computeIfAbsent(operation, _ -> new ArrayList<>()).add(example);
    }

    /** A request that is about to be sent. */
    private record Request(
            String method,
            String path,
            @Nullable String token,
            @Nullable String body,
            List<String> headers) {

        Request at(String otherPath) {
            return new Request(method, otherPath, token, body, headers);
        }

        Request by(@Nullable String otherToken) {
            return new Request(method, path, otherToken, body, headers);
        }

        Request saying(String otherBody) {
            return new Request(method, path, token, otherBody, headers);
        }

        /** With this header, and no other of its name. */
        Request with(String name, String value) {
            var others = new ArrayList<String>();
            for (int i = 0; i < headers.size(); i += 2) {
                if (!headers.get(i).equals(name)) {
                    others.addAll(headers.subList(i, i + 2));
                }
            }
            others.addAll(List.of(name, value));
            return new Request(method, path, token, body, others);
        }

        boolean isWrite() {
            return !method.equals("GET");
        }
    }

    /** The statuses that an operation documents and that nothing brought about, and what is not as documented in the answers meanwhile. */
    Set<String> notGiven(String method, PathPattern pattern, JsonNode operation) {
        var left = new TreeSet<>(operation.path("responses").propertyNames());
        left.removeIf(status -> status.startsWith("2"));
        left.removeAll(OF_EVERY_OPERATION);
        if (left.contains(KEY_REUSED)) {
            left.remove(CONFLICT); // of the request that is still being worked on, under the same key
        }
        var known = examples.getOrDefault(method + " " + pattern.getPatternString(), List.of());
        known.forEach(example -> left.remove(Integer.toString(example.answer().status())));
        var requests = known.isEmpty()
                ? Stream.of(new Request(
                        method,
                        pattern.getPatternString(),
                        service.tokens().token("auditor", Role.AUDITOR),
                        null,
                        List.of()))
                : known.stream()
                        .map(example -> new Request(
                                method,
                                example.path(),
                                example.token(),
                                example.body().isEmpty() ? null : example.body(),
                                example.headers()));
        if (!known.isEmpty() && left.contains(TOO_LARGE)) {
            left.remove(tooLong(known.getFirst(), pattern));
        }
        var differences = new TreeSet<String>();
        requests.forEach(request -> wrong(request, pattern)
                .takeWhile(_ -> !left.isEmpty())
                .forEach(wrong -> {
                    var answer = send(wrong);
                    left.remove(Integer.toString(answer.status()));
                    differences.addAll(service.differences(method, answer));
                }));
        left.addAll(differences);
        return left;
    }

    /** Only said to be too long: who sends it all may find the connection closed before the answer is read. */
    private String tooLong(Played example, PathPattern pattern) {
        var route = service.bean(RouteTable.class).routes().stream()
                .filter(listed -> listed.method().equals(example.method())
                        && listed.pattern().equals(pattern.getPatternString()))
                .findFirst()
                .orElseThrow();
        return Integer.toString(service.statusBeforeBody(
                example.method().name(), example.path(), example.token(), route.maxBodyBytes() + 1, example.headers()));
    }

    private Answer send(Request request) {
        return service.ask(
                request.method(),
                request.path(),
                request.token(),
                request.body(),
                request.headers().toArray(String[]::new));
    }

    /** The same request over and over, each time with another thing wrong with it. */
    private Stream<Request> wrong(Request request, PathPattern pattern) {
        var query = request.path().contains("?") ? "&" : "?";
        var always = Stream.of(
                request.by(null),
                request.by(service.tokens().forged("mallory", Role.values())), // where nobody has to say who they are
                request.at(request.path() + query + "nobody-knows-this=1"),
                request.with("Accept", "application/x-nobody-speaks-this"));
        var strangers = Arrays.stream(Role.values())
                .map(role -> request.by(service.tokens().stranger(role)));
        return Stream.of(
                        always,
                        strangers,
                        request.isWrite() ? bodies(request) : unchanged(request),
                        elsewhere(request, pattern),
                        ofOthers(request))
                .flatMap(each -> each);
    }

    private static Stream<Request> bodies(Request request) {
        var key = UUID.randomUUID().toString();
        return Stream.of(
                request.saying("{}").with("Content-Type", "text/x-nobody-reads-this"),
                request.saying("[1]").with("Idempotency-Key", key),
                request.saying("[2]").with("Idempotency-Key", key));
    }

    private Stream<Request> unchanged(Request request) {
        return Optional.of(send(request).header("ETag")).filter(tag -> !tag.isEmpty()).stream()
                .map(tag -> request.with("If-None-Match", tag));
    }

    /** Names something else in each place of the path and the query. */
    private static Stream<Request> elsewhere(Request request, PathPattern pattern) {
        var parts = request.path().split("\\?", 2);
        var segments = List.of(parts[0].split("/"));
        var variables = pattern.getPatternString().split("/");
        var query = parts.length == 1 ? "" : "?" + parts[1];
        var places = IntStream.range(0, variables.length)
                .filter(place -> variables[place].startsWith("{"))
                .boxed()
                .flatMap(place -> UNKNOWN.stream()
                        .map(other -> request.at(String.join("/", replaced(segments, place, other)) + query)));
        var asked = parts.length == 1 ? List.<String>of() : List.of(parts[1].split("&"));
        var parameters = IntStream.range(0, asked.size())
                .boxed()
                .flatMap(place -> UNKNOWN.stream()
                        .map(other -> asked.get(place).replaceAll("=.*", "=" + other))
                        .map(other -> request.at(parts[0] + "?" + String.join("&", replaced(asked, place, other)))));
        return Stream.concat(places, parameters);
    }

    private static List<String> replaced(List<String> list, int place, String value) {
        var other = new ArrayList<>(list);
        other.set(place, value);
        return other;
    }

    /** Names something else in each place of the body. */
    private Stream<Request> ofOthers(Request request) {
        var body = request.body();
        return body == null || !(body.startsWith("{") || body.startsWith("["))
                ? Stream.of()
                : othersIn(json.readTree(body)).map(other -> request.saying(other.toString()));
    }

    private static Stream<JsonNode> othersIn(JsonNode node) {
        if (node.isString()) {
            return UNKNOWN.stream().map(StringNode::valueOf);
        }
        if (node instanceof ObjectNode object) {
            return object.properties().stream()
                    .flatMap(field -> othersIn(field.getValue())
                            .map(other -> object.deepCopy().set(field.getKey(), other)));
        }
        if (node instanceof ArrayNode array) {
            return IntStream.range(0, array.size())
                    .boxed()
                    .flatMap(at -> othersIn(array.path(at)).map(other -> {
                        var copy = array.deepCopy();
                        copy.set(at, other);
                        return copy;
                    }));
        }
        return Stream.of();
    }
}
