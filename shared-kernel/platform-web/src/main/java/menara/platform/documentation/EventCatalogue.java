package menara.platform.documentation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import menara.values.PublishedEvent;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.http.MediaType;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/<service>/asyncapi}: every event that a service publishes, from the records of its contract and their docstrings, as an
 * AsyncAPI 3.0 document.
 */
@RestController
class EventCatalogue {

    private final String service;

    EventCatalogue(String service) {
        this.service = service;
    }

    @GetMapping(value = "/api/${menara.service}/asyncapi", produces = MediaType.APPLICATION_JSON_VALUE)
    @ApiResponse(
            responseCode = "200",
            description = "AsyncAPI 3.0",
            content = @Content(schema = @io.swagger.v3.oas.annotations.media.Schema(type = "object")))
    @SecurityRequirements
    String catalogue() {
        var messages = new TreeMap<String, Object>();
        var references = new TreeMap<String, Object>();
        var schemas = new TreeMap<String, Schema<?>>();
        for (var type : published()) {
            var event = type.getAnnotation(PublishedEvent.class);
            var key = event.name() + "-v" + event.version();
            references.put(key, Map.of("$ref", "#/components/messages/" + key));
            messages.put(
                    key,
                    Map.of(
                            "name",
                            event.namespace() + "." + event.name(),
                            "title",
                            event.name() + ", version " + event.version(),
                            "description",
                            Docstrings.of(type),
                            "contentType",
                            MediaType.APPLICATION_JSON_VALUE,
                            "payload",
                            Map.of("$ref", "#/components/schemas/" + type.getSimpleName())));
            ModelConverters.getInstance(true)
                    .resolveAsResolvedSchema(new AnnotatedType(type).resolveAsRef(true))
                    .referencedSchemas
                    .forEach((name, schema) -> {
                        Docstrings.plain(schema);
                        schemas.put(name, schema);
                    });
        }
        return written(Map.of(
                "asyncapi",
                "3.0.0",
                "info",
                Map.of(
                        "title",
                        "What Menara's %s publishes".formatted(service),
                        "version",
                        "1",
                        "description",
                        "Each event is stored once, in order, with its name, version and tags. A change of shape is a new version beside the old one."),
                "channels",
                Map.of(
                        "published",
                        Map.of(
                                "address",
                                "menara_%s/published".formatted(service),
                                "description",
                                "The published log of the service: a collection of its database, read with the event store library.",
                                "messages",
                                references)),
                "operations",
                Map.of("publish", Map.of("action", "send", "channel", Map.of("$ref", "#/channels/published"))),
                "components",
                Map.of("messages", messages, "schemas", schemas)));
    }

    private static String written(Map<String, Object> document) {
        try {
            return Json31.mapper()
                    .writerWithDefaultPrettyPrinter()
                    .with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the event catalogue cannot be written", e);
        }
    }

    private List<Class<?>> published() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(PublishedEvent.class));
        var types = new ArrayList<Class<?>>();
        for (var found : scanner.findCandidateComponents("menara." + service)) {
            types.add(ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()), null));
        }
        types.sort(Comparator.comparing(Class::getName));
        return types;
    }
}
