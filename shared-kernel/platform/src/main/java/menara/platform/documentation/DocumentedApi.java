package menara.platform.documentation;

import static java.util.stream.Collectors.joining;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import menara.platform.security.RouteTable;
import menara.platform.web.Problems;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Adds to the generated document who may call what, how a refusal looks, and the examples. */
final class DocumentedApi implements OpenApiCustomizer {

    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";
    private static final String OK = "200";
    private static final int FIRST_REFUSAL = 400;

    /** What stands for an id of the service's making where a person reads it. */
    private static final String SOME_ID = "019b7c3e-5a10-7000-8000-000000000001";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[A-Za-z]+}");

    private final String service;
    private final RouteTable table;
    private final Examples examples;
    private final JsonMapper json;

    DocumentedApi(String service, RouteTable table, Examples examples, JsonMapper json) {
        this.service = service;
        this.table = table;
        this.examples = examples;
        this.json = json;
    }

    @Override
    public void customise(OpenAPI document) {
        document.setInfo(new Info()
                .title("Menara " + service)
                .version("1")
                .description("Events it publishes: /api/%s/asyncapi".formatted(service)));
        var components = document.getComponents() == null ? new Components() : document.getComponents();
        if (components.getSchemas() != null) {
            components.getSchemas().values().forEach(Docstrings::plain);
        }
        document.setComponents(components.addSchemas("Problem", problem()).addSchemas("FieldError", fieldError()));
        document.getPaths()
                .forEach((path, item) ->
                        item.readOperationsMap().forEach((method, operation) -> describe(path, method, operation)));
    }

    private void describe(String path, HttpMethod method, Operation operation) {
        var given = examplesOf(path, method);
        given.stream().findFirst().ifPresent(first -> operation.setSummary(first.summary()));
        table.routes().stream()
                .filter(route ->
                        route.pattern().equals(path) && route.method().name().equals(method.name()))
                .findFirst()
                .ifPresent(route -> operation.setDescription(Optional.ofNullable(operation.getDescription())
                                .map(told -> Docstrings.plain(told) + "\n\n")
                                .orElse("")
                        + "Roles: "
                        + route.roles().stream()
                                .map(role -> role.realmName())
                                .sorted()
                                .collect(joining(", "))));
        if (operation.getResponses() == null) {
            operation.setResponses(new ApiResponses());
        }
        answersAreJson(operation);
        given.forEach(example -> show(example, path, operation));
        operation
                .getResponses()
                .putIfAbsent(
                        "4XX",
                        new ApiResponse()
                                .description("Refused; the problem says why")
                                .content(problems()));
    }

    private static void answersAreJson(Operation operation) {
        operation.getResponses().values().stream()
                .map(ApiResponse::getContent)
                .filter(content -> content != null && content.containsKey("*/*"))
                .forEach(content -> content.addMediaType(JSON, content.remove("*/*")));
    }

    private List<Example> examplesOf(String path, HttpMethod method) {
        var pattern = PathPatternParser.defaultInstance.parse(path);
        return examples.all().stream()
                .filter(example -> example.request().method().equals(method.name())
                        && matches(pattern, example.request().place()))
                .toList();
    }

    private static boolean matches(PathPattern pattern, String place) {
        return pattern.matches(PathContainer.parsePath(illustrated(place)));
    }

    private static String illustrated(String text) {
        return PLACEHOLDER.matcher(text).replaceAll(SOME_ID);
    }

    private void show(Example example, String path, Operation operation) {
        var name = example.summary().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        parameters(example, path, operation);
        var body = example.request().body();
        if (body != null && operation.getRequestBody() != null) {
            operation
                    .getRequestBody()
                    .getContent()
                    .values()
                    .forEach(media -> add(media, name, example.summary(), body));
        }
        int status = example.response().status();
        var response = response(operation.getResponses(), status);
        var answer = example.response().body();
        if (answer != null && response.getContent() != null) {
            var accept = example.request().accept();
            var type = status >= FIRST_REFUSAL ? PROBLEM : accept == null ? JSON : accept;
            add(response.getContent().computeIfAbsent(type, _ -> new MediaType()), name, example.summary(), answer);
        }
    }

    /** The generator knows only 200; the first example of a success says what it is. */
    private static ApiResponse response(ApiResponses responses, int status) {
        var code = String.valueOf(status);
        var known = responses.get(code);
        if (known != null) {
            return known;
        }
        var fresh = status >= FIRST_REFUSAL
                ? new ApiResponse().description("Refused").content(problems())
                : Optional.ofNullable(responses.remove(OK))
                        .orElseGet(ApiResponse::new)
                        .description("Done");
        responses.addApiResponse(code, fresh);
        return fresh;
    }

    private void parameters(Example example, String path, Operation operation) {
        if (operation.getParameters() == null) {
            return;
        }
        var place = PathContainer.parsePath(illustrated(example.request().place()));
        var inPath = Optional.ofNullable(
                        PathPatternParser.defaultInstance.parse(path).matchAndExtract(place))
                .map(PathPattern.PathMatchInfo::getUriVariables)
                .orElse(Map.of());
        var query = UriComponentsBuilder.fromUriString(
                        illustrated(example.request().path()))
                .build()
                .getQueryParams();
        for (Parameter parameter : operation.getParameters()) {
            var value = inPath.getOrDefault(parameter.getName(), query.getFirst(parameter.getName()));
            if (value != null && parameter.getExample() == null) {
                parameter.setExample(value);
            }
        }
    }

    private void add(MediaType media, String name, String summary, JsonNode value) {
        var shown = json.convertValue(json.readTree(illustrated(value.toString())), Object.class);
        media.addExamples(
                name,
                new io.swagger.v3.oas.models.examples.Example().summary(summary).value(shown));
    }

    private static Content problems() {
        return new Content()
                .addMediaType(PROBLEM, new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem")));
    }

    /** As {@link Problems} makes them. */
    private static Schema<?> problem() {
        Schema<Object> errors = ValueSchemas.typed("array", "each field that cannot be used");
        errors.setItems(new Schema<>().$ref("#/components/schemas/FieldError"));
        return ValueSchemas.typed("object", "RFC 9457")
                .addProperty("type", ValueSchemas.text("urn:menara:problem:<name>, stable"))
                .addProperty("title", ValueSchemas.text(null))
                .addProperty("status", ValueSchemas.typed("integer", null))
                .addProperty("detail", ValueSchemas.text("what is wrong, where, and how to mend it"))
                .addProperty("rule", ValueSchemas.text("name of the rule that refused it, of a 409"))
                .addProperty("errors", errors)
                .addProperty("correlationId", ValueSchemas.text("to find it in the logs by"))
                .required(List.of("type", "title", "status", "detail"));
    }

    private static Schema<?> fieldError() {
        return ValueSchemas.typed("object", "a field that cannot be used")
                .addProperty("field", ValueSchemas.text("where, as in the body"))
                .addProperty("detail", ValueSchemas.text("what is wrong with it"));
    }
}
