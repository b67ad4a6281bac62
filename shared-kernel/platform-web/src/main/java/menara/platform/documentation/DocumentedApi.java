package menara.platform.documentation;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import menara.platform.security.RouteTable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Adds the roles of each route, the form of refusals, and the examples to the generated document. */
final class DocumentedApi implements OpenApiCustomizer {

    private static final String JSON = "application/json";
    private static final String TOKEN = "bearer";
    private static final String OK = "200";
    private static final int FIRST_REFUSAL = 400;

    /** Sample value of an id that the service makes. */
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
        Refusals.describe(components);
        components.addSecuritySchemes(
                TOKEN,
                new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .bearerFormat("JWT"));
        document.setComponents(components);
        document.addSecurityItem(new SecurityRequirement().addList(TOKEN));
        var shown = examples.all().stream()
                .collect(groupingBy(example ->
                        patternOf(example.request().place(), document.getPaths().keySet())));
        document.getPaths()
                .forEach((path, item) -> item.readOperationsMap()
                        .forEach((method, operation) ->
                                describe(path, method, operation, shown.getOrDefault(path, List.of()))));
    }

    private void describe(String path, HttpMethod method, Operation operation, List<Example> ofPath) {
        var given = ofPath.stream()
                .filter(example -> example.request().method().equals(method.name()))
                .toList();
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
        if (operation.getParameters() != null) {
            operation.getParameters().removeIf(DocumentedApi::isSaidByMediaTypes);
        }
        operation.getResponses().values().stream()
                .map(ApiResponse::getContent)
                .filter(Objects::nonNull)
                .forEach(DocumentedApi::asSent);
        given.forEach(example -> show(example, path, operation));
    }

    /** The media types of the answers are the choices, and OpenAPI allows no parameter of that name. */
    private static boolean isSaidByMediaTypes(Parameter parameter) {
        return "header".equals(parameter.getIn()) && HttpHeaders.ACCEPT.equals(parameter.getName());
    }

    /** A body without a media type is JSON, and bytes of another type are sent as they are. */
    private static void asSent(Content content) {
        if (content.containsKey("*/*")) {
            content.addMediaType(JSON, content.remove("*/*"));
        }
        content.forEach((type, media) -> {
            if (!type.endsWith("json")) {
                media.setSchema(
                        type.startsWith("text/")
                                ? ValueSchemas.text(null)
                                : new Schema<>(SpecVersion.V31).contentMediaType(type));
            }
        });
    }

    /** The matching pattern with the fewest variables; empty if none matches, which a test detects. */
    private static String patternOf(String place, Set<String> patterns) {
        var path = PathContainer.parsePath(illustrated(place));
        return patterns.stream()
                .map(PathPatternParser.defaultInstance::parse)
                .filter(pattern -> pattern.matches(path))
                .min(PathPattern.SPECIFICITY_COMPARATOR)
                .map(PathPattern::getPatternString)
                .orElse("");
    }

    private static String illustrated(String text) {
        return PLACEHOLDER.matcher(text).replaceAll(SOME_ID);
    }

    private void show(Example example, String path, Operation operation) {
        var name = example.summary().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        parameters(example, path, operation);
        var body = example.request().body();
        if (body != null && operation.getRequestBody() != null) {
            var type = Objects.requireNonNullElse(example.request().contentType(), JSON);
            Optional.ofNullable(operation.getRequestBody().getContent().get(type))
                    .ifPresent(media -> add(media, name, example.summary(), body));
        }
        int status = example.response().status();
        var response = response(operation.getResponses(), status);
        var answer = example.response().body();
        if (answer != null && response.getContent() != null) {
            var accept = example.request().accept();
            var type = status >= FIRST_REFUSAL ? Refusals.PROBLEM : accept == null ? JSON : accept;
            add(response.getContent().computeIfAbsent(type, _ -> new MediaType()), name, example.summary(), answer);
        }
    }

    /** The generator knows only 200; the first successful example gives the real status. */
    private static ApiResponse response(ApiResponses responses, int status) {
        var code = String.valueOf(status);
        var known = responses.get(code);
        if (known != null && known.get$ref() == null) {
            return known;
        }
        var fresh = status >= FIRST_REFUSAL
                ? Refusals.response(status)
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
}
