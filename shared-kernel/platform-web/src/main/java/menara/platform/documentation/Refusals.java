package menara.platform.documentation;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import menara.platform.web.Idempotent;
import menara.values.TypedId;
import menara.values.refusals.Refusal;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;

/**
 * The refusals that the platform may answer in place of a controller method, derived from the method: each status once, with the same text
 * and shape in all services. Roles and rules are documented elsewhere. Refusals that no method shows (a rule that forbids an operation
 * without a key, a missing thing named in a body) are documented by an example that is refused so.
 */
final class Refusals implements OperationCustomizer {

    static final String PROBLEM = "application/problem+json";

    private static final String PROBLEM_SCHEMA = "Problem";
    private static final String FIELD_ERROR_SCHEMA = "FieldError";

    /** One kind of refusal. */
    private enum Refusal {
        BAD_REQUEST(
                HttpStatus.BAD_REQUEST, "A field, parameter or header cannot be used; the problem says which and why"),
        UNAUTHORIZED(HttpStatus.UNAUTHORIZED, "There is no valid access token"),
        FORBIDDEN(HttpStatus.FORBIDDEN, "The caller's roles do not allow it"),
        NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such thing, or it is another party's"),
        NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "There is no answer in a media type that is accepted"),
        CONFLICT(
                HttpStatus.CONFLICT,
                "A rule forbids it, or the same request is being worked on; the problem names the rule"),
        TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is larger than is taken here"),
        UNSUPPORTED(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body is of a media type that is not understood here"),
        KEY_REUSED(HttpStatus.UNPROCESSABLE_CONTENT, "The Idempotency-Key was used for another request"),
        TOO_MANY(HttpStatus.TOO_MANY_REQUESTS, "Too many requests of the caller's party are under way"),
        FAULT(HttpStatus.INTERNAL_SERVER_ERROR, "A fault on our side; the problem has the correlation id to tell us"),
        BUSY(
                HttpStatus.SERVICE_UNAVAILABLE,
                "It cannot be served now: too much is under way, or the database or the identity provider does not answer. The problem says whether it may have taken effect");

        private final HttpStatus status;
        private final String description;

        Refusal(HttpStatus status, String description) {
            this.status = status;
            this.description = description;
        }

        String code() {
            return String.valueOf(status.value());
        }

        /** {@code NotFound}. */
        String component() {
            return status.getReasonPhrase().replace(" ", "");
        }

        boolean passes() {
            return this == TOO_MANY || this == BUSY;
        }
    }

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        if (operation.getResponses() == null) {
            operation.setResponses(new ApiResponses());
        }
        for (var refusal : of(method)) {
            operation
                    .getResponses()
                    .putIfAbsent(
                            refusal.code(), new ApiResponse().$ref("#/components/responses/" + refusal.component()));
        }
        if (hasETag(method)) {
            operation
                    .getResponses()
                    .putIfAbsent(
                            String.valueOf(HttpStatus.NOT_MODIFIED.value()),
                            new ApiResponse().description("It still has the ETag given in If-None-Match"));
        }
        return operation;
    }

    /** Reads one thing and answers with headers of its own: an ETag, or the name of a file. */
    private static boolean hasETag(HandlerMethod method) {
        return !isWrite(method)
                && answered(method).map(Class::isRecord).orElse(false)
                && Arrays.stream(method.getMethodParameters())
                        .anyMatch(parameter -> parameter.hasParameterAnnotation(PathVariable.class));
    }

    /** The body type of an answer that the method builds; empty if it has no body type. */
    private static Optional<Class<?>> answered(HandlerMethod method) {
        var answer = method.getReturnType();
        return answer.getParameterType() == ResponseEntity.class
                ? Optional.of(answer.nested().getNestedParameterType())
                : Optional.empty();
    }

    private static List<Refusal> of(HandlerMethod method) {
        var refusals = new ArrayList<>(
                List.of(Refusal.BAD_REQUEST, Refusal.UNAUTHORIZED, Refusal.TOO_MANY, Refusal.FAULT, Refusal.BUSY));
        // It chooses one of several forms itself, whatever the caller accepts.
        if (!answered(method).equals(Optional.of(Object.class))) {
            refusals.add(Refusal.NOT_ACCEPTABLE);
        }
        if (!isOpen(method)) {
            refusals.add(Refusal.FORBIDDEN);
        }
        if (namesSomething(method)) {
            refusals.add(Refusal.NOT_FOUND);
        }
        if (isWrite(method)) {
            refusals.add(Refusal.TOO_LARGE);
        }
        if (takesBody(method)) {
            refusals.add(Refusal.UNSUPPORTED);
        }
        if (method.hasMethodAnnotation(Idempotent.class)) {
            refusals.addAll(List.of(Refusal.CONFLICT, Refusal.KEY_REUSED));
        }
        return refusals;
    }

    /** Routes that the platform serves itself, to everybody. */
    private static boolean isOpen(HandlerMethod method) {
        return method.getBeanType() == EventCatalogue.class;
    }

    private static boolean isWrite(HandlerMethod method) {
        return !List.of(mapping(method).method()).contains(RequestMethod.GET);
    }

    private static boolean takesBody(HandlerMethod method) {
        return mapping(method).consumes().length > 0
                || Arrays.stream(method.getMethodParameters())
                        .anyMatch(parameter -> parameter.hasParameterAnnotation(RequestBody.class));
    }

    /** Whether the caller names something: in the path, or in a required parameter that is a name. */
    private static boolean namesSomething(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .anyMatch(parameter -> parameter.hasParameterAnnotation(PathVariable.class) || isDemanded(parameter));
    }

    private static boolean isDemanded(MethodParameter parameter) {
        var asked = parameter.getParameterAnnotation(RequestParam.class);
        var type = parameter.getParameterType();
        return asked != null
                && (type == String.class || TypedId.class.isAssignableFrom(type))
                && asked.required()
                && asked.defaultValue().equals(ValueConstants.DEFAULT_NONE)
                && !parameter.isOptional();
    }

    private static RequestMapping mapping(HandlerMethod method) {
        var mapping = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), RequestMapping.class);
        if (mapping == null) {
            throw new IllegalStateException(method + " is mapped to nothing");
        }
        return mapping;
    }

    /** The answers that all operations point to. */
    static void describe(Components components) {
        components.addSchemas(PROBLEM_SCHEMA, problem()).addSchemas(FIELD_ERROR_SCHEMA, fieldError());
        for (var refusal : Refusal.values()) {
            components.addResponses(refusal.component(), response(refusal));
        }
    }

    /** The same answer, with room for examples of its own. */
    static ApiResponse response(int status) {
        return Arrays.stream(Refusal.values())
                .filter(refusal -> refusal.status.value() == status)
                .findFirst()
                .map(Refusals::response)
                .orElseThrow(() -> new IllegalStateException(
                        "an example is answered %d, which is no refusal of ours".formatted(status)));
    }

    private static ApiResponse response(Refusal refusal) {
        var response = new ApiResponse()
                .description(refusal.description)
                .content(new Content()
                        .addMediaType(PROBLEM, new MediaType().schema(ValueSchemas.reference(PROBLEM_SCHEMA))));
        return refusal.passes()
                ? response.addHeaderObject(
                        "Retry-After",
                        new Header()
                                .description("seconds after which the request may be sent again")
                                .schema(ValueSchemas.typed("integer", null)))
                : response;
    }

    /** The form that {@link Problem} has. */
    private static Schema<?> problem() {
        Schema<Object> errors = ValueSchemas.typed("array", "each field that cannot be used");
        errors.setItems(ValueSchemas.reference(FIELD_ERROR_SCHEMA));
        return ValueSchemas.typed("object", "RFC 9457")
                .addProperty("type", ValueSchemas.text("urn:menara:problem:<name>, stable"))
                .addProperty("title", ValueSchemas.text(null))
                .addProperty("status", ValueSchemas.typed("integer", null))
                .addProperty("detail", ValueSchemas.text("what is wrong, where, and how to mend it"))
                .addProperty("instance", ValueSchemas.text("path of the request"))
                .addProperty("rule", ValueSchemas.text("name of the rule that refused it, of a 409"))
                .addProperty("errors", errors)
                .addProperty("correlationId", ValueSchemas.text("to find it in the logs by"))
                .required(List.of("type", "title", "status", "detail"));
    }

    private static Schema<?> fieldError() {
        return ValueSchemas.typed("object", "a field that cannot be used")
                .addProperty("field", ValueSchemas.text("where, as in the body"))
                .addProperty("detail", ValueSchemas.text("what is wrong with it"))
                .required(List.of("field", "detail"));
    }
}
