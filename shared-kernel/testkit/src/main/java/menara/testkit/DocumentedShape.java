package menara.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Holds answers to what the OpenAPI document says of them: the status, the media type, and each value's shape, null among them. */
final class DocumentedShape {

    private static final String REFERENCE = "#/components/schemas/";
    private static final int SUCCESS_ENDS = 300;

    private final JsonNode document;

    DocumentedShape(JsonNode document) {
        this.document = document;
    }

    /**
     * @param pattern path as the document names it
     * @return what is not as documented, place by place; empty if all of it is
     */
    List<String> differences(String method, String pattern, RunningService.Answer answer) {
        var operation = document.path("paths").path(pattern).path(method.toLowerCase(Locale.ROOT));
        var responses = operation.path("responses");
        var status = String.valueOf(answer.status());
        var documented = responses.has(status) ? responses.path(status) : responses.path(status.charAt(0) + "XX");
        if (documented.isMissingNode()) {
            return List.of("status " + status + " is not among " + responses.propertyNames());
        }
        var type = answer.header("Content-Type").replaceAll(";.*", "");
        var content = documented.path("content");
        if (type.isEmpty()) {
            return List.of();
        }
        if (!content.has(type)) {
            return List.of("%s: media type %s is not among %s".formatted(status, type, content.propertyNames()));
        }
        var found = new ArrayList<String>();
        if (type.endsWith("json") && answer.status() < SUCCESS_ENDS) {
            check(content.path(type).path("schema"), answer.body(), "", found);
        }
        return found;
    }

    private void check(JsonNode schema, JsonNode value, String where, List<String> found) {
        if (schema.has("$ref")) {
            var name = schema.path("$ref").asString().substring(REFERENCE.length());
            check(document.path("components").path("schemas").path(name), value, where, found);
            return;
        }
        for (var choice : List.of("oneOf", "anyOf")) {
            if (schema.has(choice)) {
                if (schema.path(choice).valueStream().noneMatch(one -> fits(one, value))) {
                    found.add("%s: %s is none of %s".formatted(where, value, schema.path(choice)));
                }
                return;
            }
        }
        schema.path("allOf").forEach(part -> check(part, value, where, found));
        var types = types(schema);
        if (!types.isEmpty() && types.stream().noneMatch(type -> is(type, value))) {
            found.add("%s: %s is documented as %s".formatted(where, value, types));
            return;
        }
        if (value.isObject()) {
            members(schema, value, where, found);
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                check(schema.path("items"), value.path(i), where + "/" + i, found);
            }
        }
    }

    private boolean fits(JsonNode schema, JsonNode value) {
        var found = new ArrayList<String>();
        check(schema, value, "", found);
        return found.isEmpty();
    }

    private void members(JsonNode schema, JsonNode value, String where, List<String> found) {
        var properties = schema.path("properties");
        schema.path("required").forEach(name -> {
            if (!value.has(name.asString())) {
                found.add("%s/%s: is required and not there".formatted(where, name.asString()));
            }
        });
        value.properties().forEach(member -> {
            var known = properties.has(member.getKey())
                    ? properties.path(member.getKey())
                    : schema.path("additionalProperties");
            if (known.isMissingNode() && properties.size() > 0) {
                found.add("%s/%s: is not documented".formatted(where, member.getKey()));
            } else if (known.isObject()) {
                check(known, member.getValue(), where + "/" + member.getKey(), found);
            }
        });
    }

    private static Set<String> types(JsonNode schema) {
        var types = new TreeSet<String>();
        var type = schema.path("type");
        if (type.isString()) {
            types.add(type.asString());
        }
        type.forEach(one -> types.add(one.asString()));
        if (schema.path("nullable").asBoolean(false)) {
            types.add("null");
        }
        return types;
    }

    private static boolean is(String type, JsonNode value) {
        return switch (type) {
            case "null" -> value.isNull();
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            default -> value.isObject();
        };
    }
}
