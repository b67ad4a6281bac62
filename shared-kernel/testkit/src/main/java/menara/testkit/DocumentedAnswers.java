package menara.testkit;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.net.URI;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import menara.testkit.RunningService.Answer;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds answers to what a service's OpenAPI document (3.1, whose schemas are JSON Schema 2020-12) says of them: the status, the media type, and
 * every value of the body. A document lets readers be ready for fields to come; here a field that it does not name is a difference.
 */
final class DocumentedAnswers {

    private static final String PROBLEM = "application/problem+json";
    private static final int NOBODY_KNOWN = 401;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;

    private final ObjectNode document;
    private final List<PathPattern> patterns;
    private final SchemaRegistry registry;
    private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

    DocumentedAnswers(JsonNode document) {
        this.document = (ObjectNode) document.deepCopy();
        close(schemas());
        patterns = document.path("paths").propertyNames().stream()
                .map(PathPatternParser.defaultInstance::parse)
                .sorted(Comparator.naturalOrder()) // the most specific first
                .toList();
        registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                        .formatAssertionsEnabled(true)
                        .build()));
    }

    /** What names its fields has no others. */
    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        schema.forEach(DocumentedAnswers::close);
    }

    /**
     * @param uri where the answer came from, with or without query
     * @return what is not as documented, place by place; empty if all of it is
     */
    List<String> differences(String method, URI uri, Answer answer) {
        // HEAD is GET without the body (RFC 9110 section 9.3.2), and stands in no document of its own.
        boolean isHead = method.equals("HEAD");
        var found = described(isHead ? "GET" : method, uri, answer)
                .map(response -> isHead ? List.<String>of() : differences(response, answer));
        return found.orElseGet(() -> List.of("status %d is not documented".formatted(answer.status()))).stream()
                .map(difference -> "%s %s → %d: %s".formatted(method, uri.getPath(), answer.status(), difference))
                .toList();
    }

    /** What the document says of answers of this status; empty if nothing. */
    private Optional<JsonNode> described(String method, URI uri, Answer answer) {
        var path = PathContainer.parsePath(uri.getRawPath());
        var pattern = patterns.stream().filter(known -> known.matches(path)).findFirst();
        var operation = pattern.map(known ->
                        document.path("paths").path(known.getPatternString()).path(method.toLowerCase(Locale.ROOT)))
                .filter(JsonNode::isObject);
        if (operation.isPresent()) {
            var response = operation.get().path("responses").path(String.valueOf(answer.status()));
            return Optional.of(resolved(response)).filter(JsonNode::isObject);
        }
        // No operation, no place in the document; but what is said there is a problem like any other.
        var without = pattern.isPresent() ? Set.of(NOBODY_KNOWN, METHOD_NOT_ALLOWED) : Set.of(NOBODY_KNOWN, NOT_FOUND);
        return without.contains(answer.status())
                ? Optional.of(resolved(document.at("/components/responses/NotFound")))
                : Optional.empty();
    }

    private JsonNode resolved(JsonNode node) {
        var reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }

    private List<String> differences(JsonNode response, Answer answer) {
        var content = response.path("content");
        if (answer.response().body().length == 0) {
            return content.isEmpty()
                    ? List.of()
                    : List.of("there is no body, documented are " + content.propertyNames());
        }
        var sent = answer.header("Content-Type").toLowerCase(Locale.ROOT);
        var type = sent.replaceAll(";.*", "");
        if (!content.has(type)) {
            return List.of("media type %s is not among %s".formatted(type, content.propertyNames()));
        }
        if (!type.endsWith("json")) {
            boolean isText = type.startsWith("text/") || type.endsWith("xml");
            return isText && !sent.contains("charset=") ? List.of(sent + " does not say its charset") : List.of();
        }
        if (type.equals(PROBLEM) && answer.body().path("status").asInt() != answer.status()) {
            return List.of("the problem says another status: " + answer.text());
        }
        return schemas.computeIfAbsent(content.path(type).path("schema"), this::schema).validate(answer.body()).stream()
                .map(error -> "%s: %s %s in %s"
                        .formatted(
                                error.getInstanceLocation(),
                                error.getKeyword(),
                                Arrays.toString(error.getArguments()),
                                shortened(answer.text())))
                .toList();
    }

    private JsonNode schemas() {
        return document.path("components").path("schemas");
    }

    private Schema schema(JsonNode schema) {
        var whole = (ObjectNode) schema.deepCopy();
        whole.putObject("components").set("schemas", schemas()); // where its references point
        return registry.getSchema(whole);
    }

    private static String shortened(String text) {
        int enough = 600;
        return text.length() <= enough ? text : text.substring(0, enough) + "…";
    }
}
