package menara.gateway.openapi;

import java.util.Map;
import java.util.TreeMap;
import menara.gateway.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The services' OpenAPI 3.1 documents as one. Each service's component names get its own name in front, since two services may mean
 * different things by {@code Page}; paths cannot collide.
 */
final class JoinedDocument {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String REFERENCE = "#/components/";

    private final ObjectNode document = JSON.createObjectNode();
    private final ObjectNode paths;
    private final ObjectNode components;
    private final ArrayNode services;

    JoinedDocument() {
        document.put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Menara")
                .put("version", "1")
                .put("description", "What the four services offer, joined at the gateway.");
        document.putArray("servers").addObject().put("url", "/");
        services = document.putArray("x-menara-services");
        document.putArray("security").addObject().putArray("bearer");
        document.putArray("tags");
        paths = document.putObject("paths");
        components = document.putObject("components");
        components
                .putObject("securitySchemes")
                .putObject("bearer")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("bearerFormat", "JWT");
    }

    void add(Service service, JsonNode answer) {
        services.addObject().put("service", service.label()).put("available", true);
        tag(service);
        JsonNode renamed = renamed(answer, service.label());
        renamed.path("paths").properties().forEach(path -> {
            if (path.getValue() instanceof ObjectNode operations) {
                operations.forEach(operation -> belongsTo(service, operation));
            }
            paths.set(path.getKey(), path.getValue());
        });
        renamed.path("components").properties().forEach(kind -> {
            if (!"securitySchemes".equals(kind.getKey())) {
                ObjectNode all = components.withObject("/" + kind.getKey());
                kind.getValue()
                        .properties()
                        .forEach(named -> all.set(prefixed(service.label(), named.getKey()), named.getValue()));
            }
        });
    }

    /** Says that the service's part is missing, and why. */
    void missing(Service service, String reason) {
        services.addObject()
                .put("service", service.label())
                .put("available", false)
                .put("detail", reason);
    }

    ObjectNode document() {
        return document;
    }

    private void tag(Service service) {
        ((ArrayNode) document.get("tags")).addObject().put("name", service.label());
    }

    private static void belongsTo(Service service, JsonNode operation) {
        if (operation instanceof ObjectNode described && described.has("responses")) {
            described.putArray("tags").add(service.label());
            described.remove("security");
            String id = described.path("operationId").asString("");
            if (!id.isEmpty()) {
                described.put("operationId", prefixed(service.label(), id));
            }
        }
    }

    private static String prefixed(String service, String name) {
        return service + "." + name;
    }

    // References look like #/components/schemas/Name; the name is the last part. They stand under $ref, and where a
    // field
    // tells by its value which schema is meant.
    private static JsonNode renamed(JsonNode node, String service) {
        if (node.isObject()) {
            ObjectNode copy = JSON.createObjectNode();
            Map<String, JsonNode> sorted = new TreeMap<>();
            node.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
            sorted.forEach((key, value) -> copy.set(
                    key,
                    value.isString()
                            ? JSON.getNodeFactory().stringNode(reference(value.asString(), service))
                            : renamed(value, service)));
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = JSON.createArrayNode();
            node.forEach(element -> copy.add(renamed(element, service)));
            return copy;
        }
        return node;
    }

    private static String reference(String reference, String service) {
        int name = reference.lastIndexOf('/') + 1;
        return reference.startsWith(REFERENCE)
                ? reference.substring(0, name) + prefixed(service, reference.substring(name))
                : reference;
    }
}
