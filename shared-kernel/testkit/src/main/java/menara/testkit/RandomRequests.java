package menara.testkit;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests made from an OpenAPI document: mostly good ones, with values that the service has named itself, and bad ones with a value that does not
 * belong where it stands. The same seed and the same answers make the same requests.
 */
final class RandomRequests {

    /**
     * What is sent.
     *
     * @param path with its query
     * @param headers name, value, name, value …
     */
    record Asked(String path, @Nullable String body, List<String> headers) {}

    private static final int MAX_DEPTH = 6;
    private static final int MAX_KNOWN = 50;
    private static final int MAX_ITEMS = 3;
    private static final int LONG_TEXT = 3_000;

    /** Some of what a text may look like; which is right where a pattern is asked for is seen by trying. */
    private static final List<String> FORMS = List.of("2026-05", "2026-04", "MAD", "USD", "12.50", "100", "06:00");

    private static final Pattern IN_PATH = Pattern.compile("[A-Za-z0-9._-]+");

    private static final List<String> MEDIA_TYPES = List.of("application/json", "text/csv", "text/html", "*/*");

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonNode document;
    private final SplittableRandom random;
    private final JsonMapper json = JsonMapper.builder().build();
    private final Map<String, List<JsonNode>> known = new HashMap<>();

    RandomRequests(JsonNode document, SplittableRandom random) {
        this.document = document;
        this.random = random;
    }

    /** What a request or an answer says: each value may stand in fields and parameters of the same name. */
    void learn(String name, JsonNode value) {
        if (value.isObject()) {
            value.properties().forEach(member -> learn(member.getKey(), member.getValue()));
        }
        if (value.isArray()) {
            value.forEach(each -> learn(name, each));
        }
        if (!name.isEmpty() && !value.isNull() && !value.isContainer()) {
            var values = known.computeIfAbsent(name, _ -> new ArrayList<>());
            if (!values.contains(value) && values.size() < MAX_KNOWN) {
                values.add(value);
            }
        }
    }

    /** @param bodies what was a good body of this operation */
    Asked next(String pattern, JsonNode operation, List<JsonNode> bodies) {
        var path = pattern;
        var query = new ArrayList<String>();
        var headers = new ArrayList<String>();
        for (var parameter : operation.path("parameters")) {
            var name = parameter.path("name").asString();
            switch (parameter.path("in").asString()) {
                case "path" -> path = path.replace("{" + name + "}", encoded(inPath(name, parameter.path("schema"))));
                case "query" -> {
                    if (one(parameter.path("required").asBoolean() ? 95 : 30)) {
                        query.add(name + "=" + encoded(said(parameter(name, parameter.path("schema")))));
                    }
                }
                default ->
                    headers.addAll(
                            List.of(name, one(97) ? new UUID(random.nextLong(), random.nextLong()).toString() : ""));
            }
        }
        if (one(3)) {
            query.add("nobody-knows-this=1");
        }
        if (one(60)) {
            headers.addAll(List.of("Accept", accepted(operation)));
        }
        return new Asked(
                query.isEmpty() ? path : path + "?" + String.join("&", query),
                body(operation.path("requestBody").path("content"), bodies, headers),
                headers);
    }

    private String accepted(JsonNode operation) {
        var types = new ArrayList<String>();
        operation.path("responses").properties().stream()
                .filter(response -> response.getKey().startsWith("2"))
                .forEach(response ->
                        types.addAll(response.getValue().path("content").propertyNames()));
        return types.isEmpty() || one(10) ? any(MEDIA_TYPES) : any(types);
    }

    private String inPath(String name, JsonNode schema) {
        var value = said(value(name, schema, 0));
        // What a path cannot hold is refused by the server before any service sees it.
        return one(90) && IN_PATH.matcher(value).matches() ? value : "no-such-" + random.nextInt(100);
    }

    private JsonNode parameter(String name, JsonNode schema) {
        return one(80) ? value(name, schema, 0) : misfit();
    }

    private @Nullable String body(JsonNode content, List<JsonNode> bodies, List<String> headers) {
        if (content.isEmpty()) {
            return null;
        }
        var type = any(List.copyOf(content.propertyNames()));
        headers.addAll(List.of("Content-Type", one(97) ? type : "text/html"));
        JsonNode body = !bodies.isEmpty() && one(60)
                ? any(bodies).deepCopy()
                : value("", content.path(type).path("schema"), 0);
        if (one(60)) {
            body = bent(body);
        }
        var text = type.endsWith("json") ? json.writeValueAsString(body) : said(body);
        return one(97) ? text : text.substring(0, text.length() / 2);
    }

    /** The same with one thing wrong, wherever it stands. */
    private JsonNode bent(JsonNode body) {
        if (body instanceof ObjectNode object && !object.isEmpty()) {
            var name = any(List.copyOf(object.propertyNames()));
            switch (random.nextInt(5)) {
                case 0 -> object.remove(name);
                case 1 -> object.set("nobodyKnowsThis", misfit());
                case 2 -> object.set(name, misfit());
                default -> object.set(name, bent(object.path(name)));
            }
            return object;
        }
        if (body instanceof ArrayNode array && !array.isEmpty()) {
            int at = random.nextInt(array.size());
            array.set(at, bent(array.path(at)));
            return array;
        }
        return misfit();
    }

    private JsonNode misfit() {
        return switch (random.nextInt(14)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.numberNode(-1);
            case 2 -> NODES.numberNode(Long.MAX_VALUE);
            case 3 -> NODES.numberNode(0.5);
            case 4 -> NODES.stringNode("");
            case 5 -> NODES.stringNode("x".repeat(LONG_TEXT));
            case 6 -> NODES.stringNode("two\nlines");
            case 7 -> NODES.stringNode("été ☀");
            case 8 -> NODES.stringNode("0001-01-01T00:00:00Z");
            case 9 -> NODES.stringNode("+1000000000-12-31T23:59:59.999999999Z");
            case 10 -> NODES.stringNode("+999999999-12");
            case 11 -> NODES.booleanNode(true);
            case 12 -> NODES.arrayNode();
            default -> NODES.objectNode();
        };
    }

    private JsonNode value(String name, JsonNode schema, int depth) {
        var resolved = resolved(schema);
        if (known.containsKey(name) && one(60)) {
            return any(known.getOrDefault(name, List.of())).deepCopy();
        }
        if (resolved.has("enum")) {
            return any(List.copyOf(resolved.path("enum").valueStream().toList()));
        }
        if (resolved.has("oneOf")) {
            return value("", any(resolved.path("oneOf").valueStream().toList()), depth + 1);
        }
        return switch (type(resolved)) {
            case "string" -> NODES.stringNode(text(resolved));
            case "integer" -> NODES.numberNode(random.nextInt(20));
            case "number" -> NODES.numberNode(random.nextInt(2_000) / 10.0);
            case "boolean" -> NODES.booleanNode(random.nextBoolean());
            case "array" -> array(name, resolved, depth);
            case "object" -> object(resolved, depth);
            default -> NODES.nullNode();
        };
    }

    private String type(JsonNode schema) {
        var type = schema.path("type");
        if (type.isString()) {
            return type.asString();
        }
        // Of a value and null, mostly the value.
        return type.isArray() && one(90)
                ? type.path(0).asString()
                : type.path(type.size() - 1).asString("object");
    }

    private JsonNode array(String name, JsonNode schema, int depth) {
        var array = NODES.arrayNode();
        for (int i = depth > MAX_DEPTH ? 0 : random.nextInt(MAX_ITEMS); i > 0; i--) {
            array.add(value(name, schema.path("items"), depth + 1));
        }
        return array;
    }

    private JsonNode object(JsonNode schema, int depth) {
        var object = NODES.objectNode();
        var required =
                schema.path("required").valueStream().map(JsonNode::asString).toList();
        schema.path("properties").properties().forEach(property -> {
            if (required.contains(property.getKey()) || (depth < MAX_DEPTH && one(50))) {
                object.set(property.getKey(), value(property.getKey(), property.getValue(), depth + 1));
            }
        });
        return object;
    }

    /** A value as it stands in a path or query. */
    private static String said(JsonNode value) {
        return value.isContainer() ? value.toString() : value.asString("");
    }

    private String text(JsonNode schema) {
        var pattern = schema.path("pattern").asString("");
        if (!pattern.isEmpty()) {
            var right = FORMS.stream()
                    .filter(form -> Pattern.compile(pattern).matcher(form).find())
                    .toList();
            return right.isEmpty() ? "x" : any(right);
        }
        var day = LocalDate.of(2026, 1, 1).plusDays(random.nextInt(400));
        return switch (schema.path("format").asString("")) {
            case "uuid" -> new UUID(random.nextLong(), random.nextLong()).toString();
            case "date" -> day.toString();
            case "date-time" ->
                day.atStartOfDay()
                        .plusHours(random.nextInt(24))
                        .toInstant(ZoneOffset.UTC)
                        .toString();
            default -> "some-" + random.nextInt(100);
        };
    }

    private JsonNode resolved(JsonNode schema) {
        var reference = schema.path("$ref").asString("");
        return reference.isEmpty() ? schema : document.at(reference.substring(1));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private boolean one(int inHundred) {
        return random.nextInt(100) < inHundred;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
